import type { Payments, Routes } from '@lijian/attempts'
import type { Capacity, RoutingReports } from '@lijian/capacity'
import type { CardUsageCases } from '@lijian/card-usage'
import type { RoutingDocuments, SharedPools } from '@lijian/documents'
import type { Edge } from '@lijian/privacy'
import type { Pool } from 'pg'
import { endpointOf } from '../../endpoint'

/** What an endpoint of routing may reach. */
export interface RoutingWing {
  routes: Routes
  payments: Payments
  documents: RoutingDocuments
  sharedPools: SharedPools
  capacity: Capacity
  reports: RoutingReports
  cardUsage: CardUsageCases
  edge: Edge
  /** Of the institution: days that are asked for are days in it. */
  timeZone: string
  /** For what is only read. */
  pool: Pool
  /** Brings this process's memory up to date after a change: the key that writes also reads it. */
  routingChanged: () => Promise<void>
}

export const endpoint = endpointOf<RoutingWing>()
