import type {
  ReportEncoding,
  ReportFormat,
  ReportKind,
  ReportLanguage,
  ReportParameters,
  ReportState,
} from '@lijian/contracts/finance'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'

/** A report that was asked for. */
@Entity('report_run')
@Index('report_run_once', ['requestHash', 'dataVersion'], {
  unique: true,
  where: `"state" IN ('queued', 'running', 'done')`,
})
@Index('report_run_scheduled', ['schedule', 'scheduledAt'], { unique: true, where: `"scheduled_at" IS NOT NULL` })
@Index('report_run_waiting', ['dueAt'], { where: `"state" IN ('queued', 'running')` })
@Index('report_run_expiry', ['expiresAt'], { where: `"state" = 'done'` })
@Index('report_run_check_code', ['checkCode'], { where: `"check_code" IS NOT NULL` })
@Index('report_run_sha256', ['sha256'], { where: `"sha256" IS NOT NULL` })
@Check('report_run_state', `"state" IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')`)
@Check('report_run_format', `"format" IN ('csv', 'xlsx', 'pdf')`)
@Check('report_run_ended', `("state" IN ('done', 'failed', 'cancelled', 'expired')) = ("finished_at" IS NOT NULL)`)
@Check(
  'report_run_made',
  `"state" NOT IN ('done', 'expired') OR ("rows_count" IS NOT NULL AND "bytes" IS NOT NULL AND "sha256" IS NOT NULL AND "file_name" IS NOT NULL AND "snapshot" IS NOT NULL AND "expires_at" IS NOT NULL)`,
)
export class ReportRunEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') kind!: ReportKind
  @Column('jsonb') parameters!: ReportParameters
  @Column('text', { nullable: true }) section!: string | null
  @Column('text') format!: ReportFormat
  @Column('text') language!: ReportLanguage
  @Column('text') encoding!: ReportEncoding
  @Column('text', { name: 'request_hash' }) requestHash!: string
  @Column('text', { name: 'data_version' }) dataVersion!: string
  @Column('text', { name: 'requested_by' }) requestedBy!: string
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' }) requestedAt!: Date
  @Column('text', { nullable: true }) schedule!: string | null
  @Column('text', { default: 'queued' }) state!: ReportState
  @Column('integer', { default: 0 }) attempt!: number
  @Column('timestamptz', { name: 'due_at', default: () => 'now()' }) dueAt!: Date
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null
  @Column('timestamptz', { name: 'heard_at', nullable: true }) heardAt!: Date | null
  @Column('boolean', { name: 'cancel_requested', default: false }) cancelRequested!: boolean
  @Column('bigint', { name: 'rows_written', default: 0 }) rowsWritten!: number
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null
  @Column('text', { nullable: true }) snapshot!: string | null
  @Column('bigint', { name: 'rows_count', nullable: true }) rowsCount!: number | null
  @Column('bigint', { nullable: true }) bytes!: number | null
  @Column({ type: 'text', collation: 'C', nullable: true }) sha256!: string | null
  @Column('text', { name: 'file_name', nullable: true }) fileName!: string | null
  @Column({ type: 'text', name: 'check_code', collation: 'C', nullable: true }) checkCode!: string | null
  @Column('text', { nullable: true }) failure!: string | null
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null
  @Column('timestamptz', { name: 'scheduled_at', nullable: true }) scheduledAt!: Date | null
  @Column('integer', { name: 'put_back', default: 0 }) putBack!: number
}

/** Opens one file once. */
@Entity('report_link')
@Index('report_link_expiry', ['expiresAt'])
export class ReportLinkEntity {
  @PrimaryColumn('bytea') hash!: Buffer
  @Column('bigint') run!: number
  @ManyToOne(() => ReportRunEntity)
  @JoinColumn({ name: 'run', foreignKeyConstraintName: 'report_link_run_fkey' })
  of?: ReportRunEntity
  @Column('text', { name: 'asked_by' }) askedBy!: string
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date
}

/** Who had a link made, and who took the file. Append-only. */
@Entity('report_access')
@Index('report_access_at', ['at'])
@Index('report_access_run', ['run', 'id'])
@Check('report_access_act', `"act" IN ('link', 'download', 'deliver')`)
export class ReportAccessEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('bigint') run!: number
  @ManyToOne(() => ReportRunEntity)
  @JoinColumn({ name: 'run', foreignKeyConstraintName: 'report_access_run_fkey' })
  of?: ReportRunEntity
  @Column('text') act!: 'link' | 'download' | 'deliver'
  @Column('text') actor!: string
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
}

/** A report made again and again. */
@Entity('report_schedule')
export class ReportScheduleEntity {
  @PrimaryColumn({ type: 'text', collation: 'C' }) code!: string
  @Column('jsonb') document!: unknown
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

/** Where the file of a run is sent. */
@Entity('report_delivery')
@Index('report_delivery_waiting', ['dueAt'], { where: `"delivered_at" IS NULL` })
export class ReportDeliveryEntity {
  @PrimaryColumn('bigint') run!: number
  @ManyToOne(() => ReportRunEntity)
  @JoinColumn({ name: 'run', foreignKeyConstraintName: 'report_delivery_run_fkey' })
  of?: ReportRunEntity
  @PrimaryColumn('text') target!: string
  @Column('jsonb') document!: unknown
  @Column('integer', { default: 0 }) attempts!: number
  @Column('timestamptz', { name: 'due_at', default: () => 'now()' }) dueAt!: Date
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt!: Date | null
  @Column('text', { name: 'last_error', nullable: true }) lastError!: string | null
}
