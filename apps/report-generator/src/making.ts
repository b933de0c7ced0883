import type { Claimed } from '@lijian/report-runs'
import type { Ask, ReportDefinition, Snapshot } from '@lijian/reports'
import type { PoolClient } from 'pg'
import type { Pace } from './pacing/pace'

/** What a file is made from. */
export interface Making {
  run: Claimed
  definition: ReportDefinition
  ask: Ask
  snapshot: Snapshot
  /** In the transaction of the snapshot. */
  db: PoolClient
  signal: AbortSignal
  /** Rows are read in the time that payments leave. */
  pace: Pick<Pace, 'paced'>
  onRows: (rows: number) => void
}
