import type {
  BacktestRuns,
  Backtests,
  Campaigns,
  CampaignUsages,
  MerchantActivities,
  Suspensions,
} from '@lijian/campaigns'
import type { CardGroups, CustomerGroups, GroupImports, MerchantGroupDocuments, Merchants } from '@lijian/groups'
import type { Evaluations, Explainer, Search } from '@lijian/inquiries'
import type { Edge } from '@lijian/privacy'
import type { Templates } from '@lijian/templates'
import type { Transactions } from '@lijian/transactions'
import type { Pool } from 'pg'
import { endpointOf } from '../../endpoint'

/** What an endpoint of marketing may reach. */
export interface MarketingWing {
  transactions: Transactions
  evaluations: Evaluations
  explainer: Explainer
  search: Search
  backtests: Backtests
  backtestRuns: BacktestRuns
  campaigns: Campaigns
  usages: CampaignUsages
  templates: Templates
  suspensions: Suspensions
  merchants: Merchants
  activities: MerchantActivities
  merchantGroups: MerchantGroupDocuments
  cardGroups: CardGroups
  customerGroups: CustomerGroups
  imports: GroupImports
  edge: Edge
  /** Of the institution: days that are asked for are days in it. */
  timeZone: string
  /** For what is only read. */
  pool: Pool
  /** Brings this process's memory up to date after a change: the key that writes also reads it. */
  documentsChanged: () => Promise<void>
}

export const endpoint = endpointOf<MarketingWing>()
