import { openAdmission } from '@lijian/admission'
import { dataSource, LIMITS, ping, steadyPool } from '@lijian/database'
import { ApiKeys, Clients, KeyRing } from '@lijian/identity'
import { Lifetimes } from '@lijian/lifetimes'
import { openFinance } from '@lijian/open-finance'
import { openCatalog, openMarketing } from '@lijian/open-marketing'
import { openRouting } from '@lijian/open-routing'
import { Edge } from '@lijian/privacy'
import { Metrics, type Logger } from '@lijian/telemetry'
import type { FastifyInstance } from 'fastify'
import type { DataSource } from 'typeorm'
import type { ApiConfig } from './api-config'
import { createApi } from './app'
import { Arrival } from './arrival'
import { authenticator } from './authenticate'
import { loadBinTable } from './bin-file'
import { CONNECTIONS } from './connections'
import { admissionMetrics, decisionLogMetrics, waitingMetrics } from './hot-metrics'

export interface RunningApi {
  app: FastifyInstance
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
    const catalog = await openCatalog(platform)
    const marketing = openMarketing(platform, catalog)
    const routing = await openRouting(platform, marketing, catalog)
    await platform.admission.warm()
    waitingMetrics(metrics, platform.admission, marketing.transactions)
    const edge = new Edge(config.tokenKey, loadBinTable())
    const { timeZone } = config
    const arrival = new Arrival(now)
    lifetimes.add('beat', arrival, () => arrival.stop())
    const app = await createApi(
      {
        marketing: { ...marketing, edge, timeZone, pool },
        routing: { ...routing, edge, timeZone, pool },
        finance: { ...openFinance({ ...platform, bounded: pool }), pool },
        people: { clients: new Clients(source), apiKeys: new ApiKeys(source), keysChanged: () => keys.refresh() },
        system: { metrics, ready: async () => ({ postgresql: await answers(source), catalog: catalog.isLoaded }) },
      },
      { authenticate: authenticator(keys, now, arrival), bodyLimitBytes: config.bodyLimitBytes, metrics, log },
    )
    lifetimes.add('HTTP server', app, closeListener)
    // An import that goes on would keep the server open.
    lifetimes.add('imports', marketing.imports, (imports) => imports.stop())
    return { app, close: () => lifetimes.close() }
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
  const { people, reading } = peoplesPools(config.databaseUrl, lifetimes, onError)
  const { onUndo, onBatch } = admissionMetrics(metrics)
  const admission = openAdmission({ ...config, now, onBatch, onUndo })
  lifetimes.add('admission', admission, () => admission.close())
  const keys = new KeyRing(source, { ratePerSecond: config.rateLimitPerSecond, onError })
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
    people,
    reading,
    admission,
    keys,
    decisionLog,
    onCatalogError: onError,
    onRoutingError: onError,
  }
}

/** People and files wait here, never payments. */
function peoplesPools(databaseUrl: string, lifetimes: Lifetimes, onError: (error: unknown) => void) {
  const people = steadyPool(databaseUrl, { ...CONNECTIONS.people, limits: LIMITS.work, onLost: onError })
  lifetimes.add('connections of people', people, () => people.end())
  const reading = steadyPool(databaseUrl, { ...CONNECTIONS.reading, limits: LIMITS.reading, onLost: onError })
  lifetimes.add('connections for reading', reading, () => reading.end())
  return { people, reading }
}

/** A connection whose request was in flight at the first look becomes idle later, and would keep us waiting for its client to hang up. */
async function closeListener(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
  }
}

const READY_WITHIN_MS = 1000

function answers(source: DataSource): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => {
    setTimeout(() => resolve(false), READY_WITHIN_MS).unref()
  })
  const asked = ping(source).then(
    () => true,
    () => false,
  )
  return Promise.race([asked, late])
}
