import { KeyList, type NamedKey } from '@lijian/privacy'
import { Proposals, type ProposalKinds } from '@lijian/approvals'
import type { Admission } from '@lijian/admission'
import {
  BacktestRuns,
  Backtests,
  CAMPAIGN,
  campaignKind,
  Campaigns,
  CampaignUsages,
  MerchantActivities,
  resumeKinds,
  Suspensions,
} from '@lijian/campaigns'
import { CatalogService } from '@lijian/catalog'
import {
  CardGroups,
  CustomerGroups,
  FeesOfFiles,
  GroupImports,
  MERCHANT_GROUP,
  merchantFeesKinds,
  MerchantGroupDocuments,
  MemberChanges,
  memberGroupKinds,
  merchantGroupKind,
  Merchants,
} from '@lijian/groups'
import { Evaluations, Explainer, Search } from '@lijian/inquiries'
import type { Lifetimes } from '@lijian/lifetimes'
import { Templates, templateKinds } from '@lijian/templates'
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
  /** People wait here, never payments. */
  people: Pool
  /** For what is only read. */
  reading: Pool
  /** For files that are read for minutes. */
  imports: Pool
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
  const { settings, lifetimes, source, people, reading, stop, now, threadExecArgv } = platform
  const evaluations = new Evaluations({ databaseUrl: settings.databaseUrl, catalog })
  const usages = new CampaignUsages(reading, now)
  const merchantGroups = new MerchantGroupDocuments(people)
  const members = new MemberChanges(people)
  lifetimes.add('evaluations', evaluations, () => evaluations.close())
  const campaigns = new Campaigns(source, now)
  /** What others than their maker approve here. */
  const kinds: ProposalKinds = {
    [CAMPAIGN]: campaignKind,
    ...resumeKinds,
    ...templateKinds,
    [MERCHANT_GROUP]: merchantGroupKind,
    ...memberGroupKinds,
    ...merchantFeesKinds,
  }
  const proposals = new Proposals(people, kinds)
  return {
    transactions: openOffers(platform, catalog),
    evaluations,
    explainer: new Explainer({ pool: reading, drawKeys: [settings.drawKey, ...(settings.drawKeysOld ?? [])] }),
    search: new Search(reading),
    backtests: new Backtests(source),
    backtestRuns: new BacktestRuns(platform.imports),
    campaigns,
    usages,
    activities: new MerchantActivities(reading, catalog, usages, now),
    templates: new Templates(source, reading, campaigns, proposals),
    kinds,
    suspensions: new Suspensions(stop),
    merchants: new Merchants(source, { pool: people, proposals }),
    cardGroups: new CardGroups(source, members),
    customerGroups: new CustomerGroups(source, members),
    merchantGroups,
    imports: new GroupImports(source, {
      tokenKeys: new KeyList(settings.tokenKeys, now),
      nowMs: now,
      threadExecArgv,
      changes: merchantGroups.changes,
      members,
      fees: new FeesOfFiles(people),
    }),
    documentsChanged: () => catalog.refresh(),
  }
}
