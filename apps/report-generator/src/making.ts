import type { Claimed } from '@lijian/report-runs'
import type { Ask, ReportDefinition, Snapshot } from '@lijian/reports'
import type { PoolClient } from 'pg'

/** What a file is made from. */
export interface Making {
  run: Claimed
  definition: ReportDefinition
  ask: Ask
  snapshot: Snapshot
  /** In the transaction of the snapshot. */
  db: PoolClient
  signal: AbortSignal
  onRows: (rows: number) => void
}
