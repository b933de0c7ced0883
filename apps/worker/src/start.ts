import { join } from 'node:path'
import { openAdmission } from '@lijian/admission'
import { auditKeeping } from '@lijian/audit'
import { ClearingRuns } from '@lijian/clearing'
import { Proposals } from '@lijian/approvals'
import { CardUsageCases, explanationKind } from '@lijian/card-usage'
import { payloadFailureConverterPath } from '@lijian/client'
import { mustBeLocked, type Config } from '@lijian/config'
import { answers, LIMITS, steadyPool } from '@lijian/database'
import { expireDueRoutes } from '@lijian/attempts'
import { Lifetimes } from '@lijian/lifetimes'
import { openFinance, type Finance } from '@lijian/open-finance'
import { openCatalog, openOffers, type OffersPlatform } from '@lijian/open-marketing'
import { connectionTo, registerSearchAttributes, Relay } from '@lijian/outbox'
import { decisionProofKey, FileSigner, textCodec } from '@lijian/privacy'
import { healthServer, Metrics, type Logger } from '@lijian/telemetry'
import { transactionFlowEvents } from '@lijian/transactions'
import { SEARCH_ATTRIBUTES } from '@lijian/workflow-transaction'
import { Client, Connection } from '@temporalio/client'
import { NativeConnection, Worker } from '@temporalio/worker'
import type { Pool } from 'pg'
import { createActivities } from './activities'
import { ClientBook } from '@lijian/notifications'
import { capacityMetrics, capacityTelling } from './capacity-telling'
import { reconciliationActivities } from './activities/reconciliation'
import { erasureActivities, type TemporalConnection } from './activities/erasure'
import { nextRoundOf } from './activities/next-round'
import { reportScheduleActivities } from './activities/report-schedule'
import { workflowBundle } from './bundle'
import { actingDoor } from './acting-door'
import { textDoor } from './text-door'
import { openCodecServer, payloadCodec } from './payloads'
import { loadEdge, sealerOf } from './edge'
import { forgetting } from './forgetting'
import { differingRepeats, relayMetrics, workerMetrics } from './metrics'
import { patiently } from './patiently'
import { keepTicks, TICK_NAMES } from './ticks'
import { keepReportSchedules } from './report-schedules'

export interface RunningWorker {
  relay: Relay
  /** Resolves after `stop`; rejects when the worker fails for good. */
  finished: Promise<void>
  stop(): Promise<void>
  /** What has not closed yet. */
  open(): string[]
}

const reason = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** Wires servers, wings, activities, worker and relay together; resolves when all of them run. */
export function startWorker(config: Config, log: Logger, signal?: AbortSignal): Promise<RunningWorker> {
  mustBeLocked(config)
  const stopping = new AbortController()
  // Told to end while it still waits for a server.
  signal?.addEventListener('abort', () => stopping.abort(), { once: true })
  return Lifetimes.start((lifetimes) => {
    lifetimes.add('waits for servers', stopping, () => stopping.abort())
    return start({ config, log, signal: stopping.signal, lifetimes })
  })
}

interface Around {
  config: Config
  log: Logger
  signal: AbortSignal
  lifetimes: Lifetimes
}

async function start(around: Around): Promise<RunningWorker> {
  const { config, log, signal, lifetimes } = around
  const away = (what: string) => (error: unknown, retryInMs: number) =>
    log.warn({ retryInMs, reason: reason(error) }, `${what} is away`)
  const pool = steadyPool(config.databaseUrl, {
    name: 'lijian-worker',
    max: 10,
    limits: LIMITS.work,
    onLost: (error) => log.warn({ reason: error.message }, 'PostgreSQL connection lost'),
  })
  lifetimes.add('connections of flows', pool, () => pool.end())

  const metrics = workerMetrics(new Metrics('worker').registry, pool)
  capacityMetrics(metrics.registry, pool)
  // Never read, as long as not everything runs.
  let documents = { ageMs: Infinity }
  const health = healthServer(metrics.registry, async () => {
    if (documents.ageMs === Infinity) return 'start'
    if (!(await answers(pool))) return 'PostgreSQL'
    return documents.ageMs > config.staleAfterSeconds * 1000 ? 'documents' : undefined
  })
  lifetimes.add('health server', health, () => health.close())
  await health.listen({ host: config.internalHost, port: config.metricsPort })

  const codec = payloadCodec(config)
  const encryption = codec && { payloadCodecs: [codec], failureConverterPath: payloadFailureConverterPath() }
  if (codec) await openCodecServer(around, codec)

  const onCatalogError = (error: unknown) => log.warn({ reason: reason(error) }, 'documents not read')
  const catalog = await patiently(() => openCatalog({ settings: config, lifetimes, onCatalogError }), {
    signal,
    onFailure: away('PostgreSQL'),
  })
  const finance = openFinance({ settings: config, people: pool, bounded: pool, now: Date.now })
  const connection = Connection.lazy(connectionTo(config))
  lifetimes.add('connection to Temporal', connection, () => connection.close())
  const temporal = { connection, namespace: config.temporalNamespace }
  const activities = await openActivities(around, { pool, metrics, catalog, finance, temporal })
  const native = await patiently(() => NativeConnection.connect(connectionTo(config)), {
    signal,
    onFailure: away('Temporal'),
  })
  lifetimes.add('connection of the worker', native, () => native.close())
  await patiently(
    () => registerSearchAttributes(connection, config.temporalNamespace, Object.values(SEARCH_ATTRIBUTES)),
    { signal, onFailure: away('Temporal') },
  )
  const worker = await Worker.create({
    connection: native,
    namespace: config.temporalNamespace,
    taskQueue: config.taskQueue,
    workflowBundle: await workflowBundle(codec !== undefined),
    activities,
    interceptors: { activity: [textDoor, actingDoor] },
    dataConverter: { ...encryption, payloadCodecs: [textCodec, ...(codec ? [codec] : [])] },
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 8, minimum: 4, maximum: 64 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 2, minimum: 1, maximum: 16 },
    maxCachedWorkflows: 2000,
    maxConcurrentLocalActivityExecutions: 200,
    shutdownGraceTime: '3s',
    // Also where Temporal does not answer any more.
    shutdownForceTime: '4s',
  })
  const client = new Client({
    connection,
    namespace: config.temporalNamespace,
    ...(encryption ? { dataConverter: encryption } : {}),
  })
  for (const name of TICK_NAMES)
    await patiently(() => keepTicks(client, name, config.taskQueue), { signal, onFailure: away('Temporal') })
  const relay = relayOf(around, client)
  relayMetrics(metrics.registry, relay)
  const finished = worker.run()
  lifetimes.add('worker', worker, async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown()
    await finished.catch(() => undefined)
  })
  relay.start()
  lifetimes.add('relay', relay, () => relay.stop())
  lifetimes.add('schedules of reports', reportSchedules(around, client, finance), (stop) => stop())
  lifetimes.add('timers', timers(config, log, pool), (stop) => stop())
  documents = catalog
  log.info({ taskQueue: config.taskQueue, namespace: config.temporalNamespace, encrypted: !!codec }, 'worker runs')
  return { relay, finished, stop: () => lifetimes.close(), open: () => lifetimes.open }
}

/** A secret without an address is no harm; an address without a secret was refused with the configuration. */
const noticeGateway = ({ noticeUrl: url, noticeSecret: secret }: Config) =>
  url === undefined || secret === undefined ? undefined : { url, secret }

/** What is done again and again and needs no workflow. Returns how to stop. */
function timers({ decisionLogDays, auditDays }: Config, log: Logger, pool: Pool): () => unknown {
  const stopForgetting = forgetting(pool, decisionLogDays, {
    onDropped: (days) => log.info({ days }, 'days of the decision log dropped'),
    onError: (error) => log.warn({ reason: reason(error) }, 'old days of the decision log not dropped; trying again'),
  })
  const stopTelling = capacityTelling(pool, (error) =>
    log.warn({ reason: reason(error) }, 'capacity of routing not told; trying again in a minute'),
  )
  const stopAudit = auditKeeping(pool, auditDays, {
    // Outside of the database it holds the database to what it said.
    onSealed: (seal) => log.info(seal, 'audit sealed'),
    onDropped: (months) => log.info({ months }, 'months of the audit dropped'),
    onError: (error) =>
      log.warn({ reason: reason(error) }, 'audit not sealed, or old months not dropped; trying again'),
  })
  return () => {
    stopForgetting()
    return Promise.all([stopTelling(), stopAudit()])
  }
}

const reminders = (log: Logger) => (owner: string, count: number, date: string) =>
  log.warn({ owner, count, date }, 'reconciliation cases are still open')

const relayOf = ({ config, log }: Around, client: Client) =>
  new Relay({
    databaseUrl: config.databaseUrl,
    client,
    taskQueue: config.taskQueue,
    flows: transactionFlowEvents,
    inFlight: config.relayLanes,
    log: (level, message, data) => log[level](data, message),
  })

const reportSchedules = ({ config, log }: Around, client: Client, { reportSchedules: schedules }: Finance) =>
  keepReportSchedules(client, {
    schedules,
    taskQueue: config.taskQueue,
    timeZone: config.timeZone,
    onStopped: (schedule) =>
      log.warn(
        { schedule },
        'a schedule of reports has stopped: the key that stored it is revoked; store it with another',
      ),
    onError: (error, schedule) =>
      log.warn({ schedule, reason: reason(error) }, 'schedules of reports are not in step; trying again'),
  })

interface Wings {
  pool: Pool
  metrics: ReturnType<typeof workerMetrics>
  catalog: Awaited<ReturnType<typeof openCatalog>>
  finance: Finance
  /** Told to remove histories. */
  temporal: TemporalConnection
}

/** The wings as flows use them, and the activities over them. */
async function openActivities(
  { config, log, lifetimes }: Around,
  { pool, metrics, catalog, finance, temporal }: Wings,
) {
  const admission = openAdmission(config)
  lifetimes.add('admission', admission, () => admission.close())
  const decisionLog = {
    onWritten: (count: number) => metrics.decisionLogEntries.inc({ outcome: 'written' }, count),
    onLost: (count: number, why: string) => metrics.decisionLogEntries.inc({ outcome: `lost_${why}` }, count),
    onError: (error: unknown) => log.warn({ reason: reason(error) }, 'answers without an offer not logged'),
  }
  const onResult: OffersPlatform['onResult'] = ({ client, offers, outcome }) => {
    for (const { campaign, code } of offers) metrics.results.inc({ client, offer: `${campaign}/${code}`, outcome })
  }
  const transactions = openOffers({ settings: config, lifetimes, admission, decisionLog, onResult }, catalog)
  const activities = createActivities({
    transactions,
    differing: differingRepeats(metrics.registry, log),
    expireRoutes: (limit) => expireDueRoutes(admission, limit),
    pool,
    clients: new ClientBook(pool, sealerOf(config)),
    proofKeys: config.accountKeys.map(({ key }) => decisionProofKey(key)),
    edge: await loadEdge(config.tokenKeys),
    clearing: {
      runs: new ClearingRuns({
        pool,
        timeZone: config.timeZone,
        cutOff: config.cutOff,
        dir: config.clearingDir ?? join(config.dataDir, 'clearing'),
        sign: config.clearingSignKey && new FileSigner(config.clearingSignKey).sign,
        onRefusalsLeft: (error) => log.warn({ err: error }, 'refusals of dates that are over could not be added up'),
      }),
      days: finance.clearing,
      byHand: finance.clearingByHand,
      onReminder: (businessDate) => log.warn({ businessDate }, 'clearing files are not acknowledged yet'),
    },
    webhook: {
      inside: config.profile === 'dev',
      timeoutMs: config.webhookTimeoutMs,
      onAttempt: (outcome) => metrics.webhookAttempts.inc({ outcome }),
    },
    onCase: (kind) => metrics.casesOpened.inc({ kind }),
    // Whatever has something to undo when it expires.
    proposals: new Proposals(pool, { ...finance.kinds, card_usage: explanationKind() }),
    cycles: finance.cycles,
    cardUsage: new CardUsageCases(pool),
    noticeGateway: noticeGateway(config),
    onReminder: (reminder) => {
      metrics.reminders.inc({ flow: reminder.flow, kind: reminder.kind })
      log.warn({ ...reminder }, 'somebody must act')
    },
  })
  return {
    ...activities,
    nextRound: async (asked: Parameters<typeof nextRoundOf>[1]) => nextRoundOf(config, asked),
    ...reconciliationActivities(finance.dayRuns, reminders(log)),
    ...reportScheduleActivities(finance.reportSchedules),
    ...erasureActivities(finance.erasures, temporal),
  }
}
