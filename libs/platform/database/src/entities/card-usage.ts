import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'

/** Successful payments of a card in a month or on a day. Written only by `count_card_usage`. */
@Entity('card_usage')
@Check('card_usage_kind', `"kind" IN ('merchant', 'parent')`)
@Check('card_usage_counted', '"count" > 0')
export class CardUsageEntity {
  @PrimaryColumn('text', { collation: 'C' }) kind!: string
  @PrimaryColumn('text', { collation: 'C' }) holder!: string
  @PrimaryColumn('text', { collation: 'C' }) period!: string
  @PrimaryColumn('text', { name: 'card_token', collation: 'C' }) cardToken!: string
  @Column('integer') count!: number
}

/** A merchant's method that is stopped until its explanation is approved. */
@Entity('card_usage_case')
@Check('card_usage_case_state', `"state" IN ('waiting_explanation', 'waiting_review', 'reopened', 'kept_suspended')`)
@Index('card_usage_case_open', ['merchant', 'method'], { unique: true, where: `(state <> 'reopened'::text)` })
export class CardUsageCaseEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column({ type: 'text', collation: 'C' }) merchant!: string
  @Column({ type: 'text', collation: 'C' }) method!: string
  @Column('text', { array: true }) parents!: string[]
  @Column('text') state!: string
  @Column('integer', { default: 1 }) version!: number
  @Column('text') period!: string
  @Column('integer') threshold!: number
  @Column('text', { nullable: true }) scheme!: string | null
  @Column('integer') cards!: number
  @Column('integer', { name: 'remind_hours' }) remindHours!: number
  @Column('jsonb', { nullable: true }) explanation!: unknown
  @Column('jsonb', { nullable: true }) decision!: unknown
  @Column('jsonb', { default: [] }) history!: unknown
  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' }) openedAt!: Date
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null
}

/** A card over its threshold; without a case it does not make one yet. */
@Entity('card_over')
@Index('card_over_case', ['caseId'], { where: '(case_id IS NOT NULL)' })
export class CardOverEntity {
  @PrimaryColumn('text', { collation: 'C' }) merchant!: string
  @PrimaryColumn('text', { collation: 'C' }) method!: string
  @PrimaryColumn('text', { collation: 'C' }) period!: string
  @PrimaryColumn('text', { name: 'card_token', collation: 'C' }) cardToken!: string
  @Column('bigint', { name: 'case_id', nullable: true }) caseId!: number | null
  @ManyToOne(() => CardUsageCaseEntity)
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'card_over_case_id_fkey' })
  usageCase?: CardUsageCaseEntity
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
}

@Entity('card_usage_notice')
export class CardUsageNoticeEntity {
  @PrimaryColumn('bigint', { name: 'case_id' }) caseId!: number
  @ManyToOne(() => CardUsageCaseEntity)
  @JoinColumn({ name: 'case_id', foreignKeyConstraintName: 'card_usage_notice_case_id_fkey' })
  usageCase?: CardUsageCaseEntity
  @PrimaryColumn('text') kind!: string
  @PrimaryColumn('integer') seq!: number
  @PrimaryColumn('text', { name: 'recipient_kind' }) recipientKind!: string
  @PrimaryColumn('text') recipient!: string
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
  @Column('integer', { default: 0 }) attempts!: number
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt!: Date | null
  @Column('text', { name: 'last_error', nullable: true }) lastError!: string | null
}
