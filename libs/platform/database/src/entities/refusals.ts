import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** Payments of a date to which an offer was not given, by reason. Written once the date is over, append-only. */
@Entity('refusal_day')
@Index('refusal_day_campaign', ['campaign', 'date'])
export class RefusalDayEntity {
  @PrimaryColumn('date') date!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) campaign!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) offer!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) reason!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) currency!: string
  @Column('bigint') payments!: number
  @Column('bigint', { name: 'amount_fen' }) amountFen!: number
}

/** A date whose refusals were added up, from so many answers of the decision log. */
@Entity('refusal_day_count')
export class RefusalDayCountEntity {
  @PrimaryColumn('date') date!: string
  @Column('text') zone!: string
  @Column('bigint') answers!: number
  @Column('timestamptz', { name: 'counted_at', default: () => 'clock_timestamp()' }) countedAt!: Date
}
