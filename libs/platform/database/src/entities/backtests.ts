import type { BacktestSummary } from '@lijian/contracts/marketing'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { CampaignVersionEntity } from './documents'

/** What a back-test said of a version of a campaign. Append-only. */
@Entity('campaign_backtest')
@Index('campaign_backtest_once', ['code', 'version', 'summaryHash'], { unique: true })
export class CampaignBacktestEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') code!: string
  @Column('integer') version!: number
  @ManyToOne(() => CampaignVersionEntity)
  @JoinColumn([
    { name: 'code', referencedColumnName: 'code', foreignKeyConstraintName: 'campaign_backtest_version_fkey' },
    { name: 'version', referencedColumnName: 'version', foreignKeyConstraintName: 'campaign_backtest_version_fkey' },
  ])
  of?: CampaignVersionEntity
  @Column({ type: 'text', collation: 'C', name: 'summary_hash' }) summaryHash!: string
  @Column('jsonb') summary!: BacktestSummary
  @Column('text', { name: 'ran_by' }) ranBy!: string
  @Column('timestamptz', { name: 'ran_at', default: () => 'now()' }) ranAt!: Date
}

/** A back-test that was asked for, and how far it is. */
@Entity('backtest_run')
@Check('backtest_run_state', `state IN ('waiting_file', 'queued', 'running', 'done', 'failed', 'cancelled', 'expired')`)
@Check('backtest_run_days', '(from_date IS NULL) = (to_date IS NULL)')
@Check('backtest_run_ended', `(state IN ('done', 'failed', 'cancelled', 'expired')) = (finished_at IS NOT NULL)`)
@Check('backtest_run_made', `state <> 'done' OR (reports IS NOT NULL AND expires_at IS NOT NULL)`)
@Index('backtest_run_once', ['requestedBy', 'serial'], { unique: true })
@Index('backtest_run_waiting', ['dueAt'], { where: `state IN ('queued', 'running')` })
@Index('backtest_run_expiry', ['expiresAt'], { where: `state IN ('waiting_file', 'done')` })
export class BacktestRunEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column({ type: 'text', collation: 'C' }) serial!: string
  @Column('text', { name: 'requested_by' }) requestedBy!: string
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' }) requestedAt!: Date
  @Column({ type: 'text', collation: 'C', name: 'request_hash' }) requestHash!: string
  @Column('jsonb') campaigns!: object[]
  @Column('jsonb', { nullable: true }) against!: object[] | null
  @Column('date', { name: 'from_date', nullable: true }) fromDate!: string | null
  @Column('date', { name: 'to_date', nullable: true }) toDate!: string | null
  @Column('text') state!: string
  @Column('integer', { default: 0 }) attempt!: number
  @Column('integer', { name: 'put_back', default: 0 }) putBack!: number
  @Column('timestamptz', { name: 'due_at', default: () => 'now()' }) dueAt!: Date
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null
  @Column('timestamptz', { name: 'heard_at', nullable: true }) heardAt!: Date | null
  @Column('boolean', { name: 'cancel_requested', default: false }) cancelRequested!: boolean
  @Column('bigint', { name: 'lines_done', default: 0 }) linesDone!: number
  @Column('bigint', { name: 'lines_total', nullable: true }) linesTotal!: number | null
  @Column({ type: 'text', collation: 'C', name: 'lines_hash', nullable: true }) linesHash!: string | null
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null
  @Column('text', { nullable: true }) failure!: string | null
  @Column('jsonb', { nullable: true }) reports!: object[] | null
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null
}

/** Packed payments of a file. */
@Entity('backtest_lines')
export class BacktestLinesEntity {
  @PrimaryColumn('bigint') run!: number
  @ManyToOne(() => BacktestRunEntity)
  @JoinColumn({ name: 'run', foreignKeyConstraintName: 'backtest_lines_run_fkey' })
  runRow?: BacktestRunEntity
  @PrimaryColumn('integer') part!: number
  @Column('bytea') lines!: Buffer
}
