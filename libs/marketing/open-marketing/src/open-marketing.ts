import { KeyList, type NamedKey } from '@lijian/privacy'
import type { Admission } from '@lijian/admission'
import { Backtests, Campaigns, Merchants, Suspensions } from '@lijian/campaigns'
import { CatalogService } from '@lijian/catalog'
import { CardGroups, CustomerGroups, GroupImports } from '@lijian/groups'
import { Evaluations, Explainer } from '@lijian/inquiries'
import type { Lifetimes } from '@lijian/lifetimes'
import { openTransactions, type TransactionsOptions } from '@lijian/transactions'
import type { Pool } from 'pg'
import type { DataSource } from 'typeorm'

/** Of the configuration. */
interface CatalogSettings {
  databaseUrl: string
  drawKey: Buffer
  groups?: readonly string[] | undefined
}

type OffersSettings = TransactionsOptions['times'] & {
  databaseUrl: string
  timeZone: string
  cutOff: string
  relayStartDelayMs: number
  decisionLog: NonNullable<TransactionsOptions['logs']>
}

export interface CatalogPlatform {
  settings: CatalogSettings
  lifetimes: Lifetimes
  onCatalogError: (error: unknown) => void
}

export interface OffersPlatform {
  settings: OffersSettings
  lifetimes: Lifetimes
  admission: Admission
  now?: () => number
  decisionLog: NonNullable<TransactionsOptions['log']>
  onResult?: TransactionsOptions['onResult']
}

export interface MarketingPlatform extends CatalogPlatform, OffersPlatform {
  settings: CatalogSettings &
    OffersSettings & { tokenKeys: readonly NamedKey[]; drawKeysOld?: readonly Buffer[] | undefined }
  now: () => number
  /** For documents. */
  source: DataSource
  /** For what is only read. */
  reading: Pool
  /** Kept for suspending and resuming. */
  stop: Pool
  threadExecArgv?: string[] | undefined
}

export type Marketing = ReturnType<typeof openMarketing>

/** The documents in memory; read once before anybody asks. Nothing stays open when that fails. */
export async function openCatalog({ settings, lifetimes, onCatalogError }: CatalogPlatform): Promise<CatalogService> {
  const { databaseUrl, drawKey, groups } = settings
  const catalog = new CatalogService({ databaseUrl, drawKey, groupOrder: groups, onError: onCatalogError })
  try {
    await catalog.start()
  } catch (error) {
    await catalog.stop()
    throw error
  }
  return lifetimes.add('catalog', catalog, () => catalog.stop())
}

/** What payments ask for offers, over the process's one batcher. */
export function openOffers(platform: OffersPlatform, catalog: CatalogService) {
  const { databaseUrl, timeZone, cutOff, relayStartDelayMs: startDelayMs, decisionLog: logs } = platform.settings
  const { admission, now, decisionLog: log, onResult } = platform
  const transactions = openTransactions({
    databaseUrl,
    admission,
    catalog,
    timeZone,
    cutOff,
    times: platform.settings,
    startDelayMs,
    now,
    logs,
    log,
    onResult,
  })
  return platform.lifetimes.add('transactions', transactions, () => transactions.close())
}

/** Everything that people and payments ask of marketing. */
export function openMarketing(platform: MarketingPlatform, catalog: CatalogService) {
  const { settings, lifetimes, source, reading, stop, now, threadExecArgv } = platform
  const evaluations = new Evaluations({ databaseUrl: settings.databaseUrl, catalog })
  lifetimes.add('evaluations', evaluations, () => evaluations.close())
  return {
    transactions: openOffers(platform, catalog),
    evaluations,
    explainer: new Explainer({ pool: reading, drawKeys: [settings.drawKey, ...(settings.drawKeysOld ?? [])] }),
    backtests: new Backtests(source),
    campaigns: new Campaigns(source, now),
    suspensions: new Suspensions(stop),
    merchants: new Merchants(source),
    cardGroups: new CardGroups(source),
    customerGroups: new CustomerGroups(source),
    imports: new GroupImports(source, { tokenKeys: new KeyList(settings.tokenKeys, now), nowMs: now, threadExecArgv }),
    documentsChanged: () => catalog.refresh(),
  }
}
