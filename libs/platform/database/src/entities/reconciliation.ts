import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { ProposalEntity } from './journal'

/** How files of a source are written: what was added to the layouts that come with Lijian. */
@Entity('bill_layout')
export class BillLayoutEntity {
  @PrimaryColumn('text') code!: string
  @Column('jsonb') document!: unknown
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

/** One import of a bill. */
@Entity('bill_file')
@Index('bill_file_once', ['source', 'scope', 'sha256'], { unique: true, where: `"state" = 'accepted'` })
@Index('bill_file_day', ['businessDate', 'source'])
@Check('bill_file_state', `"state" IN ('reading', 'accepted', 'refused', 'cut_off')`)
export class BillFileEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') layout!: string
  @Column('text') source!: string
  @Column('text') basis!: string
  @Column({ type: 'text', collation: 'C' }) scope!: string
  @Column('date', { name: 'business_date' }) businessDate!: string
  @Column('text', { nullable: true }) name!: string | null
  @Column('text', { default: 'reading' }) state!: 'reading' | 'accepted' | 'refused' | 'cut_off'
  @Column('text', { nullable: true }) sha256!: string | null
  @Column('bigint', { default: 0 }) bytes!: number
  @Column('bigint', { default: 0 }) lines!: number
  @Column('bigint', { name: 'known_lines', default: 0 }) knownLines!: number
  @Column('jsonb', { nullable: true }) errors!: unknown
  @Column('text', { name: 'imported_by' }) importedBy!: string
  @Column('timestamptz', { name: 'started_at', default: () => 'now()' }) startedAt!: Date
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null
}

/** A line of an accepted bill, once for its source and key. */
@Entity('bill_line')
@Index('bill_line_day', ['source', 'businessDate'])
@Index('bill_line_serial', ['client', 'serial'])
@Index('bill_line_reference', ['reference'], { where: `"serial" IS NULL` })
export class BillLineEntity {
  @PrimaryColumn({ type: 'text', collation: 'C' }) source!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) client!: string
  @PrimaryColumn({ type: 'text', name: 'line_key', collation: 'C' }) lineKey!: string
  @Column('bigint', { name: 'file_id' }) fileId!: number
  @Column('integer', { name: 'line_no' }) lineNo!: number
  @Column('date', { name: 'business_date' }) businessDate!: string
  @Column('text') kind!: string
  @Column('text') state!: string
  @Column({ type: 'text', collation: 'C', nullable: true }) serial!: string | null
  @Column({ type: 'text', name: 'original_serial', collation: 'C', nullable: true }) originalSerial!: string | null
  @Column({ type: 'text', collation: 'C', nullable: true }) reference!: string | null
  @Column('text', { nullable: true }) offer!: string | null
  @Column('text', { nullable: true }) card!: string | null
  @Column('bigint', { name: 'amount_fen' }) amountFen!: number
  @Column('bigint', { name: 'discount_fen', nullable: true }) discountFen!: number | null
  @Column('bigint', { name: 'payable_fen', nullable: true }) payableFen!: number | null
  @Column('bigint', { name: 'fee_fen', nullable: true }) feeFen!: number | null
  @Column('timestamptz', { nullable: true }) at!: Date | null
}

/** One source against our books on one business date, counted. */
@Entity('reconciliation_run')
@Check('reconciliation_run_state', `"state" IN ('pending', 'counted')`)
export class ReconciliationRunEntity {
  @PrimaryColumn('text') source!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) scope!: string
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @Column('text') basis!: string
  @Column('bigint') lines!: number
  @Column('bigint') books!: number
  @Column('bigint', { name: 'matched_lines' }) matchedLines!: number
  @Column('bigint', { name: 'matched_books' }) matchedBooks!: number
  @Column('bigint', { name: 'outside_lines' }) outsideLines!: number
  @Column('bigint', { name: 'matched_fen' }) matchedFen!: number
  @Column('jsonb') classes!: unknown
  @Column('text', { default: 'pending' }) state!: 'pending' | 'counted'
  @Column('timestamptz', { name: 'ran_at', default: () => 'now()' }) ranAt!: Date
}

/** What differs, as the last run saw it. */
@Entity('reconciliation_break')
@Index('reconciliation_break_day', ['source', 'scope', 'businessDate'])
export class ReconciliationBreakEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') source!: string
  @Column({ type: 'text', collation: 'C' }) scope!: string
  @Column('date', { name: 'business_date' }) businessDate!: string
  @Column('text') class!: string
  @Column({ type: 'text', collation: 'C' }) client!: string
  @Column({ type: 'text', collation: 'C' }) serial!: string
  @Column('text') act!: string
  @Column('text', { nullable: true }) merchant!: string | null
  @Column('text', { name: 'our_state', nullable: true }) ourState!: string | null
  @Column('bigint', { name: 'ours_fen', nullable: true }) oursFen!: number | null
  @Column('bigint', { name: 'theirs_fen', nullable: true }) theirsFen!: number | null
  @Column('bigint', { name: 'ours_discount_fen', nullable: true }) oursDiscountFen!: number | null
  @Column('bigint', { name: 'theirs_discount_fen', nullable: true }) theirsDiscountFen!: number | null
  @Column('bigint', { name: 'cash_fen', nullable: true }) cashFen!: number | null
  @Column('integer') lines!: number
  @Column('integer') books!: number
  @Column('bigint', { name: 'file_id', nullable: true }) fileId!: number | null
  @Column('integer', { name: 'line_no', nullable: true }) lineNo!: number | null
}

/** What went wrong with money and needs an owner. */
@Entity('reconciliation_case')
@Index('reconciliation_case_once', ['kind', 'client', 'serial'], { unique: true })
@Index('reconciliation_case_open', ['id'], { where: `"state" = 'open'` })
@Index('reconciliation_case_serial', ['client', 'serial'])
@Check('reconciliation_case_state', `"state" IN ('open', 'closed')`)
@Check('reconciliation_case_resolution', `"resolution" IN ('accept', 'grant', 'adjust', 'write_off')`)
@Check(
  'reconciliation_case_closed',
  `("state" = 'closed') = ("closed_at" IS NOT NULL) AND ("state" = 'closed') = ("resolved_by" IS NOT NULL) AND ("state" = 'closed') = ("resolution" IS NOT NULL)`,
)
export class ReconciliationCaseEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') kind!: string
  @Column('text') client!: string
  @Column('text') serial!: string
  @Column('text', { nullable: true }) merchant!: string | null
  @Column('bigint', { name: 'amount_fen', nullable: true }) amountFen!: number | null
  @Column('bigint', { name: 'discount_fen', nullable: true }) discountFen!: number | null
  @Column('bigint', { name: 'paid_fen', nullable: true }) paidFen!: number | null
  @Column('text', { default: 'open' }) state!: string
  @Column('text', { nullable: true }) owner!: string | null
  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' }) openedAt!: Date
  @Column('text', { nullable: true }) source!: string | null
  @Column('date', { name: 'business_date', nullable: true }) businessDate!: string | null
  @Column('text', { name: 'our_state', nullable: true }) ourState!: string | null
  @Column('bigint', { name: 'ours_fen', nullable: true }) oursFen!: number | null
  @Column('bigint', { name: 'theirs_fen', nullable: true }) theirsFen!: number | null
  @Column('bigint', { name: 'cash_fen', nullable: true }) cashFen!: number | null
  @Column('bigint', { name: 'file_id', nullable: true }) fileId!: number | null
  @ManyToOne(() => BillFileEntity)
  @JoinColumn({ name: 'file_id', foreignKeyConstraintName: 'reconciliation_case_file_id_fkey' })
  file?: BillFileEntity
  @Column('integer', { name: 'line_no', nullable: true }) lineNo!: number | null
  @Column('text', { nullable: true }) evidence!: string | null
  @Column('text', { nullable: true }) resolution!: string | null
  @Column('bigint', { name: 'resolved_by', nullable: true }) resolvedBy!: number | null
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'resolved_by', foreignKeyConstraintName: 'reconciliation_case_resolved_by_fkey' })
  proposal?: ProposalEntity
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null
  @Column('integer', { name: 'reopened_count', default: 0 }) reopenedCount!: number
  @Column('text', { name: 'reopen_reason', nullable: true }) reopenReason!: string | null
  @Column('timestamptz', { name: 'reminded_at', nullable: true }) remindedAt!: Date | null
}
