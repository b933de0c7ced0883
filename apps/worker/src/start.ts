import { join } from 'node:path'
import { openAdmission } from '@lijian/admission'
import { ClearingDays, ClearingRuns } from '@lijian/clearing'
import { CardUsageCases } from '@lijian/card-usage'
import { encryptedDataConverter } from '@lijian/client'
import type { Config } from '@lijian/config'
import { BillLayouts, DayRuns } from '@lijian/reconciliation'
import { cycleKinds, PartnerCycles } from '@lijian/partner-cycles'
import { fundingKinds, MoneyProposals } from '@lijian/partner-funding'
import { ping, steadyPool } from '@lijian/database'
import { expireDueRoutes } from '@lijian/attempts'
import { registerSearchAttributes, Relay } from '@lijian/outbox'
import { Metrics, type Logger } from '@lijian/telemetry'
import { CatalogService } from '@lijian/catalog'
import { openTransactions, transactionFlowEvents } from '@lijian/transactions'
import { SEARCH_ATTRIBUTES } from '@lijian/workflow-transaction'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import type { Pool } from 'pg'
import { createActivities } from './activities'
import { ClientBook } from '@lijian/notifications'
import { capacityMetrics, capacityTelling } from './capacity-telling'
import { reconciliationActivities } from './activities/reconciliation'
import { workflowBundle } from './bundle'
import { scheduleCycles } from './cycle-schedule'
import { keepClearingSchedule } from './clearing-schedule'
import { codecServer } from './codec-server'
import { loadEdge } from './edge'
import { forgetting } from './forgetting'
import { healthServer } from './health-server'
import { relayMetrics, workerMetrics } from './metrics'
import { patiently } from './patiently'
import { keepRouteExpirySchedule } from './route-expiry-schedule'
import { keepReconciliationSchedule } from './reconciliation-schedule'

export interface RunningWorker {
  relay: Relay
  /** Resolves after `stop`; rejects when the worker fails for good. */
  finished: Promise<void>
  stop(): Promise<void>
}

type Undo = () => unknown

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Wires servers, door, activities, worker and relay together; resolves when all of them run. */
export async function startWorker(config: Config, log: Logger, signal?: AbortSignal): Promise<RunningWorker> {
  const stopping = new AbortController()
  // Told to end while it still waits for a server.
  signal?.addEventListener('abort', () => stopping.abort(), { once: true })
  const undo: Undo[] = []
  const unwind = async () => {
    stopping.abort()
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    return await start(config, log, stopping.signal, undo, unwind)
  } catch (error) {
    await unwind()
    throw error
  }
}

async function start(
  config: Config,
  log: Logger,
  signal: AbortSignal,
  undo: Undo[],
  unwind: () => Promise<void>,
): Promise<RunningWorker> {
  const away = (what: string) => (error: unknown, retryInMs: number) =>
    log.warn({ retryInMs, reason: reason(error) }, `${what} is away`)
  const pool = steadyPool(
    { connectionString: config.databaseUrl, max: 10, application_name: 'lijian-worker' },
    (error) => log.warn({ reason: error.message }, 'PostgreSQL connection lost'),
  )
  undo.push(() => pool.end())

  const metrics = workerMetrics(new Metrics('worker').registry, pool)
  capacityMetrics(metrics.registry, pool)
  let ready = false
  const health = healthServer(metrics.registry, async () => {
    if (!ready) throw new Error('start')
    await ping(pool)
  })
  undo.push(() => health.close())
  await health.listen({ host: '0.0.0.0', port: config.metricsPort })

  const dataConverter = config.payloadKey && encryptedDataConverter(config.payloadKey)
  const codec = dataConverter?.payloadCodecs?.[0]
  if (codec) {
    const origins = ['127.0.0.1', 'localhost'].map((host) => `http://${host}:${config.temporalUiPort}`)
    const server = codecServer(codec, origins)
    undo.push(() => server.close())
    await server.listen({ host: config.apiHost, port: config.codecPort })
    log.info({ port: config.codecPort }, 'codec server listens')
  }

  const { transactions, activities } = await startDoor(config, log, signal, undo, pool, metrics, away)
  undo.push(() => transactions.close())
  const native = await patiently(() => NativeConnection.connect({ address: config.temporalAddress }), {
    signal,
    onFailure: away('Temporal'),
  })
  undo.push(() => native.close())
  const connection = Connection.lazy({ address: config.temporalAddress })
  undo.push(() => connection.close())
  await patiently(
    () => registerSearchAttributes(connection, config.temporalNamespace, Object.values(SEARCH_ATTRIBUTES)),
    { signal, onFailure: away('Temporal') },
  )
  const worker = await Worker.create({
    connection: native,
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    workflowBundle: await workflowBundle(codec !== undefined),
    activities: { ...activities, ...reconciliationActivities(dayRuns(config, pool), reminders(log)) },
    ...(dataConverter ? { dataConverter } : {}),
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 8, minimum: 4, maximum: 64 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 2, minimum: 1, maximum: 16 },
    maxCachedWorkflows: 2000,
    maxConcurrentLocalActivityExecutions: 200,
    shutdownGraceTime: '10s',
  })
  const client = new Client({
    connection,
    namespace: config.temporalNamespace,
    ...(dataConverter ? { dataConverter } : {}),
  })
  await keepSchedules(config, client, signal, away('Temporal'))
  const relay = new Relay({
    databaseUrl: config.databaseUrl,
    client,
    taskQueue: config.taskQueue,
    flows: transactionFlowEvents,
    inFlight: config.relayLanes,
    log: (level, message, data) => log[level](data, message),
  })
  relayMetrics(metrics.registry, relay)
  const finished = worker.run()
  undo.push(async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown()
    await finished.catch(() => undefined)
  })
  relay.start()
  undo.push(() => relay.stop())
  undo.push(timers(config, log, pool))
  ready = true
  log.info({ taskQueue: config.taskQueue, namespace: config.temporalNamespace, encrypted: !!codec }, 'worker runs')
  return { relay, finished, stop: unwind }
}

/** A secret without an address is no harm; an address without a secret was refused with the configuration. */
const noticeGateway = ({ noticeUrl: url, noticeSecret: secret }: Config) =>
  url === undefined || secret === undefined ? undefined : { url, secret }

/** What is done again and again and needs no workflow. Returns how to stop. */
function timers({ decisionLogDays }: Config, log: Logger, pool: Pool): Undo {
  const stopForgetting = forgetting(pool, decisionLogDays, {
    onDropped: (days) => log.info({ days }, 'days of the decision log dropped'),
    onError: (error) => log.warn({ reason: reason(error) }, 'old days of the decision log not dropped; trying again'),
  })
  const stopTelling = capacityTelling(pool, (error) =>
    log.warn({ reason: reason(error) }, 'capacity of routing not told; trying again in a minute'),
  )
  return () => {
    stopForgetting()
    return stopTelling()
  }
}

const dayRuns = ({ timeZone, cutOff, reconciliationBufferDays: bufferDays }: Config, pool: Pool) =>
  new DayRuns(pool, new BillLayouts(pool), { timeZone, cutOff }, { bufferDays })

const reminders = (log: Logger) => (owner: string, count: number, date: string) =>
  log.warn({ owner, count, date }, 'reconciliation cases are still open')
async function keepSchedules(
  config: Config,
  client: Client,
  signal: AbortSignal,
  onFailure: (error: unknown, retryInMs: number) => void,
): Promise<void> {
  const { clearingAfterMinutes: afterMinutes, reconciliationAt: at, timeZone, cutOff, taskQueue } = config
  await patiently(() => keepReconciliationSchedule(client, { taskQueue, at, timeZone }), { signal, onFailure })
  await patiently(() => scheduleCycles(client, config), { signal, onFailure })
  await patiently(() => keepRouteExpirySchedule(client, config), { signal, onFailure })
  if (afterMinutes === 'off') return
  const schedule = { timeZone, cutOff, afterMinutes, taskQueue }
  await patiently(() => keepClearingSchedule(client, schedule), { signal, onFailure })
}

async function startDoor(
  config: Config,
  log: Logger,
  signal: AbortSignal,
  undo: Undo[],
  pool: Pool,
  metrics: ReturnType<typeof workerMetrics>,
  away: (what: string) => (error: unknown, retryInMs: number) => void,
) {
  const onError = (error: unknown) => log.warn({ reason: reason(error) }, 'documents not read')
  const catalog = await patiently(
    async () => {
      const service = new CatalogService({
        databaseUrl: config.databaseUrl,
        drawKey: config.drawKey,
        groupOrder: config.groups,
        onError,
      })
      await service.start().catch(async (error: unknown) => {
        await service.stop()
        throw error
      })
      return service
    },
    { signal, onFailure: away('PostgreSQL') },
  )
  undo.push(() => catalog.stop())
  const admission = openAdmission(config)
  undo.push(() => admission.close())
  const transactions = openTransactions({
    databaseUrl: config.databaseUrl,
    admission,
    catalog,
    timeZone: config.timeZone,
    cutOff: config.cutOff,
    times: config,
    startDelayMs: config.relayStartDelayMs,
    logs: config.decisionLog,
    log: {
      onWritten: (count) => metrics.decisionLogEntries.inc({ outcome: 'written' }, count),
      onLost: (count, why) => metrics.decisionLogEntries.inc({ outcome: `lost_${why}` }, count),
      onError: (error) => log.warn({ reason: reason(error) }, 'answers without an offer not logged'),
    },
  })
  const rule = { timeZone: config.timeZone, cutOff: config.cutOff }
  const activities = createActivities({
    transactions,
    expireRoutes: (limit) => expireDueRoutes(admission, Date.now(), limit),
    pool,
    clients: new ClientBook(pool),
    edge: await loadEdge(config.tokenKey),
    clearing: {
      runs: new ClearingRuns({
        pool,
        timeZone: config.timeZone,
        cutOff: config.cutOff,
        dir: config.clearingDir ?? join(config.dataDir, 'clearing'),
      }),
      days: new ClearingDays({ pool, timeZone: config.timeZone, cutOff: config.cutOff }),
      onReminder: (businessDate) => log.warn({ businessDate }, 'clearing files are not acknowledged yet'),
    },
    webhook: { timeoutMs: config.webhookTimeoutMs, onAttempt: (outcome) => metrics.webhookAttempts.inc({ outcome }) },
    onCase: (kind) => metrics.casesOpened.inc({ kind }),
    proposals: new MoneyProposals(pool, { ...fundingKinds(rule), ...cycleKinds(rule) }),
    cycles: new PartnerCycles(pool),
    cardUsage: new CardUsageCases(pool),
    noticeGateway: noticeGateway(config),
    onReminder: (reminder) => {
      metrics.reminders.inc({ flow: reminder.flow, kind: reminder.kind })
      log.warn({ ...reminder }, 'somebody must act')
    },
  })
  return { transactions, activities }
}
