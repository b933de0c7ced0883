import { randomBytes } from 'node:crypto'
import { openAdmission } from '@lijian/admission'
import { ApprovalDesk, Proposals } from '@lijian/approvals'
import { AuditLog, AuditNotes } from '@lijian/audit'
import { answers, dataSource, LIMITS, PoolWatch, steadyPool } from '@lijian/database'
import { ApiKeys, Clients, KeyRing, makeDecisionProof, PersonPrincipals } from '@lijian/identity'
import { Lifetimes } from '@lijian/lifetimes'
import { openFinance } from '@lijian/open-finance'
import { openCatalog, openMarketing } from '@lijian/open-marketing'
import { openRouting, type Routing } from '@lijian/open-routing'
import { ClientChanges, Directory, peopleKinds } from '@lijian/people'
import { decisionProofKey, Edge, KeyList, Sealer } from '@lijian/privacy'
import { Metrics, type Logger } from '@lijian/telemetry'
import { bringTemplates } from '@lijian/templates'
import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import type { DataSource } from 'typeorm'
import { temporalUiOf, type ApiConfig } from './api-config'
import { createApi } from './app'
import { Arrival } from './arrival'
import { authenticator } from './authenticate'
import { LargeBodies } from './bodies/large-bodies'
import { loadBinTable } from './bin-file'
import { CONNECTIONS } from './connections'
import { createInternal } from './internal'
import { admissionMetrics, decisionLogMetrics, resultMetrics, waitingMetrics } from './hot-metrics'
import { openPersons } from './persons'
import { Senders } from './senders'

export interface RunningApi {
  app: FastifyInstance
  /** For operators: readiness, metrics, documentation. */
  internal: FastifyInstance
  /** What has not closed yet. */
  open(): string[]
  /** Finishes what is in flight, then lets go of everything. */
  close(): Promise<void>
}

/** Puts the API together over one database; it listens when the caller says so. `threadExecArgv`: see ImportOptions. */
export function startApi(
  config: ApiConfig,
  log: Logger,
  now: () => number = Date.now,
  threadExecArgv?: string[],
): Promise<RunningApi> {
  return Lifetimes.start(async (lifetimes) => {
    const metrics = new Metrics('api')
    const platform = await openPlatform(config, { log, metrics, now, lifetimes, threadExecArgv })
    const { source, keys, reading: pool } = platform
    await bringTemplates(platform.people)
    const catalog = await openCatalog(platform)
    const marketing = openMarketing(platform, catalog)
    const routing = await openRouting(platform, marketing, catalog)
    await platform.admission.warm()
    waitingMetrics(metrics, platform.admission, marketing.transactions)
    const edge = new Edge(new KeyList(config.tokenKeys, now), loadBinTable())
    const { timeZone } = config
    const accountKeys = new KeyList(config.accountKeys, now)
    const sealer = new Sealer(accountKeys, () => randomBytes(12))
    const arrival = new Arrival(now)
    lifetimes.add('beat', arrival, () => arrival.stop())
    const senders = new Senders(config.refusalsPerSecond, now)
    const large = new LargeBodies({ bodyLimitBytes: config.bodyLimitBytes, execArgv: threadExecArgv })
    lifetimes.add('thread for large bodies', large, () => large.close())
    const finance = openFinance({ ...platform, bounded: pool })
    const kinds = { ...finance.kinds, ...marketing.kinds, ...routing.kinds, ...peopleKinds }
    const proposals = new Proposals(platform.people, kinds)
    const desk = new ApprovalDesk(platform.people, proposals, () =>
      Promise.all([marketing.documentsChanged(), routing.routingChanged(), keys.refresh()]),
    )
    const onError = (error: unknown) => log.warn({ err: error }, 'refusals not recorded; trying again')
    const audit = new AuditNotes(platform.people, { nowMs: now, onError })
    lifetimes.add('notes of the audit', audit, () => audit.stop())
    const signing = openPersons(config, { pool: platform.people, sealer, nowMs: now, log })
    const app = createApi(
      {
        marketing: { ...marketing, edge, timeZone, pool },
        routing: { ...routing, edge, timeZone, pool },
        finance: { ...finance, pool },
        people: {
          desk,
          pool,
          directory: new Directory(platform.people, proposals),
          clients: new Clients(source, { sealer, now }),
          clientChanges: new ClientChanges(platform.people, proposals, sealer),
          apiKeys: new ApiKeys(source),
          prove: (decision, { keyId }) =>
            makeDecisionProof(decisionProofKey(accountKeys.current.key), decision, keyId, now()),
          keysChanged: () => keys.refresh(),
          ...signing,
          auditLog: new AuditLog(pool),
        },
        system: {},
      },
      {
        authenticate: authenticator(keys, {
          now,
          arrival,
          senders,
          ...signing,
          persons: new PersonPrincipals(config.peopleRatePerSecond),
        }),
        keys,
        audit,
        people: platform.people,
        senders,
        trustedProxies: config.trustedProxies,
        slowLimits: config.slowLimits,
        bodyLimitBytes: config.bodyLimitBytes,
        large,
        connectionsMax: config.apiConnectionsMax,
        temporalUi: temporalUiOf(config),
        metrics,
        log,
      },
    )
    const internal = await createInternal({
      metrics,
      ready: () => readiness(platform, catalog, routing),
      stuckPools: () => platform.watch.stuck(),
      door: app,
    })
    // Before it listens: the internal listener hands requests on to it.
    await app.ready()
    lifetimes.add('HTTP server', app, closeListener)
    lifetimes.add('internal listener', internal, () => internal.close())
    // An import that goes on would keep the server open.
    lifetimes.add('imports', marketing.imports, (imports) => imports.stop())
    return { app, internal, open: () => lifetimes.open, close: () => lifetimes.close() }
  })
}

interface Around {
  log: Logger
  metrics: Metrics
  now: () => number
  lifetimes: Lifetimes
  threadExecArgv: string[] | undefined
}

/** What every wing stands on: connections, the batcher of payments, keys, clock, settings. */
async function openPlatform(config: ApiConfig, around: Around) {
  const { log, metrics, now, lifetimes } = around
  const onError = (error: unknown) => log.warn({ err: error }, 'could not read changed documents; trying again')
  const source = dataSource(config.databaseUrl, { poolSize: CONNECTIONS.documents.max })
  lifetimes.add('documents', source, () => (source.isInitialized ? source.destroy() : undefined))
  await source.initialize()
  const pools = peoplesPools(config.databaseUrl, lifetimes, onError)
  const { onUndo, onBatch } = admissionMetrics(metrics)
  const admission = openAdmission({ ...config, now, onBatch, onUndo })
  lifetimes.add('admission', admission, () => admission.close())
  const keys = new KeyRing({
    databaseUrl: config.databaseUrl,
    ratePerSecond: config.rateLimitPerSecond,
    peopleRatePerSecond: config.peopleRatePerSecond,
    staleAfterMs: config.staleAfterSeconds * 1000,
    onError,
  })
  lifetimes.add('keys', keys, () => keys.stop())
  await keys.start()
  const decisionLog = {
    ...decisionLogMetrics(metrics),
    onError: (error: unknown) => log.warn({ err: error }, 'answers without an offer could not be written to their log'),
  }
  return {
    ...around,
    settings: config,
    source,
    ...pools,
    watch: watchOf(source, pools, around),
    admission,
    keys,
    decisionLog,
    onResult: resultMetrics(metrics),
    onCatalogError: onError,
    onRoutingError: onError,
  }
}

/** People and files wait here, never payments. */
function peoplesPools(databaseUrl: string, lifetimes: Lifetimes, onLost: (error: unknown) => void) {
  const poolOf = (of: 'people' | 'imports' | 'stop' | 'reading', limits: keyof typeof LIMITS) => {
    const pool = steadyPool(databaseUrl, { ...CONNECTIONS[of], limits: LIMITS[limits], onLost })
    return lifetimes.add(`connections: ${of}`, pool, () => pool.end())
  }
  return {
    people: poolOf('people', 'work'),
    imports: poolOf('imports', 'work'),
    // What waits behind a lock of minutes must not keep the next stop waiting.
    stop: poolOf('stop', 'payments'),
    reading: poolOf('reading', 'reading'),
  }
}

/** Says which of them gives no connection although somebody waits. */
function watchOf(
  source: DataSource,
  pools: ReturnType<typeof peoplesPools>,
  { lifetimes, metrics }: Around,
): PoolWatch {
  const documents = (source.driver as unknown as { master: Pool }).master
  const watch = new PoolWatch({ documents, ...pools })
  lifetimes.add('watch of connections', watch, () => watch.stop())
  metrics.gaugeBy(
    'pool_wait_seconds',
    'How long a pool has given nobody a connection although somebody waits',
    'pool',
    () => watch.waitsMs().map(([pool, ms]) => [pool, ms / 1000]),
  )
  return watch
}

/** What is in flight may end within so long; an upload of minutes is cut off, and its sender sends it again to a process that stays. */
const LAST_ANSWERS_MS = 4000

/** A connection whose request was in flight at the first look becomes idle later, and would keep us waiting for its client to hang up. */
async function closeListener(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  const late = setTimeout(() => app.server.closeAllConnections(), LAST_ANSWERS_MS)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
    clearTimeout(late)
  }
}

/** What is false is missing, or was read too long ago; each becomes true again by itself. */
async function readiness(
  { stop, keys, settings }: Awaited<ReturnType<typeof openPlatform>>,
  catalog: { isLoaded: boolean; ageMs: number },
  { live }: Routing,
) {
  const isFresh = ({ ageMs }: { ageMs: number }) => ageMs <= settings.staleAfterSeconds * 1000
  return {
    // Over connections that people and files do not take.
    postgresql: await answers(stop),
    keys: isFresh(keys),
    catalog: catalog.isLoaded && isFresh(catalog),
    routing: isFresh(live),
  }
}
