import type { ClearingLayout, FileKind, FileState, RunState } from '@lijian/contracts/finance'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'

/** How files for one clearing system look. */
@Entity('clearing_system')
export class ClearingSystemEntity {
  @PrimaryColumn('text') code!: string
  @Column('text') name!: string
  @Column('json') layouts!: unknown
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

/** The clearing of one business date. */
@Entity('clearing_run')
@Index('clearing_run_settlement', ['settlementDate'])
@Check('clearing_run_state', `"state" IN ('opened', 'frozen', 'published', 'acknowledged', 'settled')`)
export class ClearingRunEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @Column('date', { name: 'settlement_date' }) settlementDate!: string
  @Column('text', { default: 'opened' }) state!: RunState
  @Column('integer', { default: 1 }) version!: number
  @Column('text', { nullable: true }) trouble!: string | null
  @Column('boolean', { default: false }) early!: boolean
  @Column('text', { name: 'requested_by' }) requestedBy!: string
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' }) requestedAt!: Date
  @Column('timestamptz', { name: 'frozen_at', nullable: true }) frozenAt!: Date | null
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null
}

/** One version of one file. */
@Entity('clearing_file')
@Index('clearing_file_prefix', { synchronize: false })
@Unique('clearing_file_name', ['name'])
@Index('clearing_file_current', ['businessDate', 'kind', 'clearingSystem'], {
  unique: true,
  where: `"state" <> 'replaced'`,
})
@Index('clearing_file_version', ['businessDate', 'kind', 'clearingSystem', 'version'], { unique: true })
@Check('clearing_file_kind', `"kind" IN ('amount', 'fee', 'rebate', 'settlement')`)
@Check('clearing_file_state', `"state" IN ('created', 'published', 'missing', 'acknowledged', 'refused', 'replaced')`)
@Check(
  'clearing_file_proved',
  `"state" IN ('created', 'replaced') OR ("proved_at" IS NOT NULL AND "sha256" IS NOT NULL)`,
)
export class ClearingFileEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('date', { name: 'business_date' }) businessDate!: string
  @Column('text') kind!: FileKind
  @Column('text', { name: 'clearing_system' }) clearingSystem!: string
  @Column('integer') version!: number
  @Column('date', { name: 'settlement_date' }) settlementDate!: string
  @Column('json') layout!: ClearingLayout
  @Column('text') name!: string
  @Column('bigint', { name: 'rows_count' }) rowsCount!: number
  @Column('bigint', { name: 'rows_written', default: 0 }) rowsWritten!: number
  @Column('bigint', { name: 'gross_fen' }) grossFen!: number
  @Column('bigint', { name: 'discount_fen' }) discountFen!: number
  @Column('bigint', { name: 'settle_fen' }) settleFen!: number
  @Column('bigint', { name: 'fee_final_fen' }) feeFinalFen!: number
  @Column('bigint', { name: 'fee_saved_fen' }) feeSavedFen!: number
  @Column('text', { nullable: true }) sha256!: string | null
  @Column('bigint', { nullable: true }) bytes!: number | null
  @Column('timestamptz', { name: 'proved_at', nullable: true }) provedAt!: Date | null
  @Column('text', { default: 'created' }) state!: FileState
  @Column('jsonb', { nullable: true }) reasons!: unknown
  @Column('bigint', { nullable: true }) replaces!: number | null
  @ManyToOne(() => ClearingFileEntity)
  @JoinColumn({ name: 'replaces', foreignKeyConstraintName: 'clearing_file_replaces_fkey' })
  replacedFile?: ClearingFileEntity
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt!: Date | null
}

/** When the rebates of one business date are to be paid. */
@Entity('rebate_due')
@Index('rebate_due_unpaid', ['dueDate'], { where: `"paid_on" IS NULL` })
export class RebateDueEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @PrimaryColumn('text', { name: 'clearing_system' }) clearingSystem!: string
  @PrimaryColumn('date', { name: 'due_date' }) dueDate!: string
  @Column('bigint', { name: 'amount_fen' }) amountFen!: number
  @Column('date', { name: 'paid_on', nullable: true }) paidOn!: string | null
}

/** What one merchant gets back on one settlement date. */
@Entity('merchant_settlement')
@Index('merchant_settlement_merchant', ['merchant', 'settlementDate'])
@Check('merchant_settlement_sums', `"due_fen" + "carried_in_fen" = "payout_fen" + "carried_out_fen"`)
@Check(
  'merchant_settlement_signs',
  `"payout_fen" >= 0 AND "carried_in_fen" <= 0 AND "carried_out_fen" <= 0 AND ("payout_fen" = 0 OR "carried_out_fen" = 0) AND ("carried_out_fen" < 0) = ("negative_since" IS NOT NULL)`,
)
export class MerchantSettlementEntity {
  @PrimaryColumn('date', { name: 'settlement_date' }) settlementDate!: string
  @PrimaryColumn('text', { collation: 'C' }) merchant!: string
  @Column('bigint', { name: 'due_fen' }) dueFen!: number
  @Column('bigint', { name: 'carried_in_fen' }) carriedInFen!: number
  @Column('bigint', { name: 'payout_fen' }) payoutFen!: number
  @Column('bigint', { name: 'carried_out_fen' }) carriedOutFen!: number
  @Column('date', { name: 'negative_since', nullable: true }) negativeSince!: string | null
}
