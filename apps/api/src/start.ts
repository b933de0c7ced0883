import { randomBytes } from 'node:crypto'
import { ClearingDays } from '@lijian/clearing'
import { Accounts } from '@lijian/verification'
import { CardUsageCases } from '@lijian/card-usage'
import { cycleKinds, PartnerCycles } from '@lijian/partner-cycles'
import { fundingKinds, MoneyProposals, Partners } from '@lijian/partner-funding'
import { ApiKeys, Clients, KeyRing } from '@lijian/identity'
import { Campaigns, Merchants, Suspensions } from '@lijian/campaigns'
import { CardGroups, CustomerGroups, GroupImports } from '@lijian/groups'
import { dataSource, hotPool, ping, steadyPool } from '@lijian/database'
import { Edge } from '@lijian/privacy'
import { Cases } from '@lijian/cases'
import { BillImports, BillLayouts, caseResolutions, DayRuns } from '@lijian/reconciliation'
import { Capacity, RoutingReports } from '@lijian/capacity'
import { DocumentThread, LiveRouting, RoutingDocuments } from '@lijian/documents'
import { Metrics, type Logger } from '@lijian/telemetry'
import { CatalogService } from '@lijian/catalog'
import { Evaluations, Explainer } from '@lijian/inquiries'
import type { Pool } from 'pg'
import type { DataSource } from 'typeorm'
import type { ApiConfig } from './api-config'
import { createApi } from './app'
import { authenticator } from './authenticate'
import { loadBinTable } from './bin-file'
import type { Api, UseCases } from './context'
import { hotPath } from './hot-path'

export interface RunningApi {
  app: Api
  /** Finishes what is in flight, then lets go of everything. */
  close(): Promise<void>
}

/** Puts the API together over one database; it listens when the caller says so. `threadExecArgv`: see ImportOptions. */
export async function startApi(
  config: ApiConfig,
  log: Logger,
  now: () => number = Date.now,
  threadExecArgv?: string[],
): Promise<RunningApi> {
  const metrics = new Metrics('api')
  const source = await dataSource(config.databaseUrl).initialize()
  const onError = (error: unknown) => log.warn({ err: error }, 'could not read changed documents; trying again')
  const catalog = new CatalogService({
    databaseUrl: config.databaseUrl,
    drawKey: config.drawKey,
    groupOrder: config.groups,
    onError,
  })
  const keys = new KeyRing(source, { ratePerSecond: config.rateLimitPerSecond, onError })
  const live = new LiveRouting({ databaseUrl: config.databaseUrl, onError })
  await Promise.all([catalog.start(), keys.start(), live.start()])
  const { admission, transactions, routes, payments } = hotPath(config, { catalog, live, metrics, log, now })
  await admission.warm()
  // Beside the door's connections: explanations and balances read much and are in nobody's way.
  const reading = hotPool(config.databaseUrl, {
    max: 2,
    application_name: 'lijian-reading',
    query_timeout: 30_000,
    statement_timeout: 30_000,
  })
  const explainer = new Explainer({ pool: reading, drawKeys: [config.drawKey, ...(config.drawKeysOld ?? [])] })
  // People and files wait here, never payments.
  const people = steadyPool(
    { connectionString: config.databaseUrl, max: 8, application_name: 'lijian-api-people' },
    onError,
  )
  const evaluations = new Evaluations({ databaseUrl: config.databaseUrl, catalog })
  const documents = new DocumentThread(threadExecArgv)
  const imports = new GroupImports(source, { tokenKey: config.tokenKey, nowMs: now, threadExecArgv })
  // Finance and people who look things up: few, and apart from the connections that payments use.
  const pool = hotPool(config.databaseUrl, {
    max: 4,
    application_name: 'lijian-api',
    query_timeout: 30_000,
    statement_timeout: 30_000,
  })
  const app = await createApi({
    transactions,
    routes,
    payments,
    evaluations,
    explainer,
    edge: new Edge(config.tokenKey, loadBinTable()),
    use: {
      ...useCases(source, now, imports),
      ...reconciliation(people, config, now),
      ...moneyUseCases(people, config, now),
      accounts: new Accounts(people),
      ...routingUseCases(people, live, documents, now),
      cardUsage: new CardUsageCases(people),
    },
    clearing: new ClearingDays({
      pool,
      timeZone: config.timeZone,
      cutOff: config.cutOff,
      earlyClose: config.earlyClose === 'on',
    }),
    pool,
    authenticate: authenticator(keys, now),
    settings: config,
    metrics,
    log,
    documentsChanged: () => catalog.refresh(),
    routingChanged: () => live.refresh(),
    keysChanged: () => keys.refresh(),
    ready: async () => ({ postgresql: await answers(source), catalog: catalog.isLoaded }),
  })
  const close = async () => {
    imports.stop()
    await closeListener(app)
    keys.stop()
    await transactions.close()
    await admission.close()
    await live.stop()
    await evaluations.close()
    await reading.end()
    await pool.end()
    await catalog.stop()
    await documents.close()
    await people.end()
    await source.destroy()
  }
  return { app, close }
}

/** A connection whose request was in flight at the first look becomes idle later, and would keep us waiting for its client to hang up. */
async function closeListener(app: Api): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50)
  try {
    await app.close()
  } finally {
    clearInterval(idle)
  }
}

/** Files of others, what they say against our books, and the cases that come of it. */
function reconciliation(
  people: Pool,
  { timeZone, cutOff, reconciliationBufferDays: bufferDays }: ApiConfig,
  now: () => number,
): Pick<UseCases, 'cases' | 'billLayouts' | 'bills' | 'reconciliation'> {
  const billLayouts = new BillLayouts(people)
  return {
    cases: new Cases(people, caseResolutions({ timeZone, cutOff }), now),
    billLayouts,
    bills: new BillImports(people, billLayouts),
    reconciliation: new DayRuns(people, billLayouts, { timeZone, cutOff }, { bufferDays }),
  }
}

function useCases(
  source: DataSource,
  now: () => number,
  imports: GroupImports,
): Omit<
  UseCases,
  | 'accounts'
  | keyof RoutingUseCases
  | 'cardUsage'
  | 'cases'
  | 'billLayouts'
  | 'bills'
  | 'reconciliation'
  | keyof MoneyUseCases
> {
  return {
    campaigns: new Campaigns(source, now),
    suspensions: new Suspensions(source),
    merchants: new Merchants(source),
    cardGroups: new CardGroups(source),
    customerGroups: new CustomerGroups(source),
    imports,
    clients: new Clients(source),
    apiKeys: new ApiKeys(source),
  }
}

/** Read in memory and by index; few connections of people. */
type RoutingUseCases = ReturnType<typeof routingUseCases>
function routingUseCases(people: Pool, live: LiveRouting, documents: DocumentThread, now: () => number) {
  const routing = new RoutingDocuments(people, documents)
  return {
    routing,
    capacity: new Capacity(people, live, now),
    routingReports: new RoutingReports(people, live, routing, documents, now),
  }
}

/** What moves money works on plain connections, each change in one database transaction. */
type MoneyUseCases = ReturnType<typeof moneyUseCases>
function moneyUseCases(pool: Pool, config: ApiConfig, now: () => number) {
  const { timeZone, cutOff, accountKey } = config
  const rule = { timeZone, cutOff }
  return {
    partners: new Partners(pool, { timeZone, accountKey, nonce: () => randomBytes(12), now }),
    proposals: new MoneyProposals(pool, { ...fundingKinds(rule), ...cycleKinds(rule) }),
    cycles: new PartnerCycles(pool, now),
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
