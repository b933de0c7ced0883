import type { AuditNotes } from '@lijian/audit'
import type { KeyRing } from '@lijian/identity'
import type { Pool } from 'pg'
import type { Logger, Metrics } from '@lijian/telemetry'
import type { Authenticate } from './authenticate'
import type { ElsewhereReader } from './bodies/read-elsewhere'
import type { FinanceWing } from './http/finance/wing'
import type { MarketingWing } from './http/marketing/wing'
import type { PeopleWing } from './http/people/wing'
import type { RoutingWing } from './http/routing/wing'
import type { SystemWing } from './http/system/wing'
import type { Senders } from './senders'
import type { SlowLimits } from './slow-bodies'

/** What the table's handlers work on: an endpoint reaches its own wing only. */
export interface Wings {
  marketing: MarketingWing
  routing: RoutingWing
  finance: FinanceWing
  people: PeopleWing
  system: SystemWing
}

/** What the HTTP server itself needs beside the wings. */
export interface ServerKit {
  authenticate: Authenticate
  keys: Pick<KeyRing, 'find'>
  senders: Senders
  trustedProxies?: readonly string[] | undefined
  slowLimits?: SlowLimits | undefined
  bodyLimitBytes: number
  large: ElsewhereReader
  connectionsMax: number
  /** Where the namespace of the flows is in the Temporal UI, as browsers reach it; absent: nobody said. */
  temporalUi?: string | undefined
  metrics: Metrics
  log: Logger
  audit: AuditNotes
  /** Work of people looks up here whose it is, never payments. */
  people: Pool
}
