import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** One statement of a partner over closed business dates, and what became of it; amounts in fen. */
@Entity('partner_cycle')
@Index('partner_cycle_dates_once', ['partner', 'cycle', 'campaign', 'fromDate'], { unique: true })
@Index('partner_cycle_period_once', ['partner', 'cycle', 'period'], { unique: true })
@Check('partner_cycle_kind', `"cycle" IN ('day', 'week', 'month', 'quarter', 'end')`)
@Check('partner_cycle_state', `"state" IN ('issued', 'confirmed', 'disputed', 'closed')`)
@Check('partner_cycle_dates', `"from_date" <= "to_date"`)
@Check('partner_cycle_sums', `closing_fen = opening_fen + charged_fen - returned_fen - collected_fen - adjusted_fen`)
@Check('partner_cycle_due', `carried_fen <= 0 AND due_fen = greatest(0, charged_fen - returned_fen + carried_fen)`)
@Check('partner_cycle_open', `paid_fen >= 0 AND waived_fen >= 0 AND paid_fen + waived_fen <= due_fen`)
@Check(
  'partner_cycle_closed',
  `(state = 'closed') = (closed_at IS NOT NULL) AND (state <> 'closed' OR paid_fen + waived_fen = due_fen)`,
)
export class PartnerCycleEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column({ type: 'text', collation: 'C' }) partner!: string
  @Column('text') cycle!: string
  @Column({ type: 'text', collation: 'C' }) campaign!: string
  @Column('text') period!: string
  @Column('date', { name: 'from_date' }) fromDate!: string
  @Column('date', { name: 'to_date' }) toDate!: string
  @Column('text', { array: true }) campaigns!: string[]
  @Column('text') state!: 'issued' | 'confirmed' | 'disputed' | 'closed'
  @Column('integer', { default: 1 }) version!: number
  @Column('bigint', { name: 'opening_fen' }) openingFen!: number
  @Column('bigint', { name: 'charged_fen' }) chargedFen!: number
  @Column('bigint', { name: 'returned_fen' }) returnedFen!: number
  @Column('bigint', { name: 'collected_fen' }) collectedFen!: number
  @Column('bigint', { name: 'adjusted_fen' }) adjustedFen!: number
  @Column('bigint', { name: 'closing_fen' }) closingFen!: number
  @Column('bigint', { name: 'carried_fen' }) carriedFen!: number
  @Column('bigint', { name: 'due_fen' }) dueFen!: number
  @Column('bigint', { name: 'paid_fen', default: 0 }) paidFen!: number
  @Column('bigint', { name: 'waived_fen', default: 0 }) waivedFen!: number
  @Column('jsonb', { nullable: true }) prepaid!: unknown
  @Column('jsonb') lines!: unknown
  @Column('jsonb', { default: [] }) disputes!: unknown
  @Column('bigint', { name: 'statement_rows' }) statementRows!: number
  @Column('text', { name: 'statement_sha256' }) statementSha256!: string
  @Column('timestamptz', { name: 'issued_at', default: () => 'now()' }) issuedAt!: Date
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null
  @Column('text', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null
}
