import type { PartnerCycles } from '@lijian/partner-cycles'
import type { MoneyProposals, Partners } from '@lijian/partner-funding'
import type { CardUsageCases } from '@lijian/card-usage'
import type { ClearingDays } from '@lijian/clearing'
import type { Accounts } from '@lijian/verification'
import type { ApiKeys, Clients } from '@lijian/identity'
import type { Campaigns, Merchants, Suspensions } from '@lijian/campaigns'
import type { CardGroups, CustomerGroups, GroupImports } from '@lijian/groups'
import type { Cases } from '@lijian/cases'
import type { BillImports, BillLayouts, DayRuns } from '@lijian/reconciliation'
import type { Edge } from '@lijian/privacy'
import type { Logger, Metrics } from '@lijian/telemetry'
import type { Evaluations, Explainer } from '@lijian/inquiries'
import type { Transactions } from '@lijian/transactions'
import type { Capacity, RoutingReports } from '@lijian/capacity'
import type { Payments, Routes } from '@lijian/attempts'
import type { RoutingDocuments } from '@lijian/documents'
import type { Pool } from 'pg'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Authenticate } from './authenticate'

export type Api = FastifyInstance<RawServerDefault, IncomingMessage, ServerResponse, FastifyBaseLogger, ZodTypeProvider>

/** What the configuration says about the API. */
export interface ApiSettings {
  bodyLimitBytes: number
  /** Of the institution: days that are asked for are days in it. */
  timeZone: string
}

export interface UseCases {
  accounts: Accounts
  campaigns: Campaigns
  suspensions: Suspensions
  merchants: Merchants
  cardGroups: CardGroups
  customerGroups: CustomerGroups
  imports: GroupImports
  partners: Partners
  proposals: MoneyProposals
  cycles: PartnerCycles
  cases: Cases
  cardUsage: CardUsageCases
  bills: BillImports
  billLayouts: BillLayouts
  reconciliation: DayRuns
  routing: RoutingDocuments
  capacity: Capacity
  routingReports: RoutingReports
  clients: Clients
  apiKeys: ApiKeys
}

/** Everything that a route may reach; put together once in start.ts. */
export interface ApiContext {
  transactions: Transactions
  routes: Routes
  payments: Payments
  evaluations: Evaluations
  explainer: Explainer
  edge: Edge
  use: UseCases
  clearing: ClearingDays
  /** For what is only read. */
  pool: Pool
  authenticate: Authenticate
  settings: ApiSettings
  metrics: Metrics
  log: Logger
  /** Brings this process's memory up to date after a change, so that who writes also reads it. */
  documentsChanged: () => Promise<void>
  routingChanged: () => Promise<void>
  keysChanged: () => Promise<void>
  ready: () => Promise<Readonly<Record<string, boolean>>>
}
