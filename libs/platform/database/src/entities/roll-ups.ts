import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A result that posted nothing, on the date on which it was told. Written by `apply`, append-only. */
@Entity('unposted_result')
@Index('unposted_result_once', ['client', 'serial', 'event'], { unique: true })
@Check('unposted_result_event', `"event" IN ('failed', 'unfunded')`)
export class UnpostedResultEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') event!: 'failed' | 'unfunded'
  @Column({ type: 'text', collation: 'C' }) client!: string
  @Column({ type: 'text', collation: 'C' }) serial!: string
  @Column('text') merchant!: string
  @Column('text', { name: 'clearing_system' }) clearingSystem!: string
  @Column('jsonb') detail!: unknown
  @Column('timestamptz', { name: 'recorded_at', default: () => 'clock_timestamp()' }) recordedAt!: Date
}

/** Payments of a sealed date that differ in nothing but time, serial and amounts, as one row. Written by the seal. */
@Entity('payment_day')
export class PaymentDayEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @PrimaryColumn('integer') n!: number
  @Column('text') event!: string
  @Column({ type: 'text', collation: 'C' }) merchant!: string
  @Column('text') currency!: string
  @Column({ type: 'text', collation: 'C' }) method!: string
  @Column('bigint') payments!: number
  @Column('bigint', { name: 'amount_fen' }) amountFen!: number
  @Column('bigint', { name: 'discount_fen' }) discountFen!: number
  @Column('bigint', { name: 'fee_saved_fen' }) feeSavedFen!: number
  @Column('bigint', { name: 'rebate_fen' }) rebateFen!: number
  @Column('bigint', { name: 'prepaid_fen' }) prepaidFen!: number
  @Column('bigint', { name: 'postpaid_fen' }) postpaidFen!: number
}

/** What the offers of a `payment_day` gave, by funder. */
@Entity('payment_share_day')
export class PaymentShareDayEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @PrimaryColumn('integer') n!: number
  @PrimaryColumn('integer') part!: number
  @Column({ type: 'text', collation: 'C' }) campaign!: string
  @Column({ type: 'text', collation: 'C' }) offer!: string
  @Column('text', { name: 'offer_name' }) offerName!: string
  @Column('text') kind!: string
  @Column('text') delivery!: string
  @Column('text', { name: 'payment_mode' }) paymentMode!: string
  @Column({ type: 'text', collation: 'C' }) partner!: string
  @Column('bigint', { name: 'amount_fen' }) amountFen!: number
  @Column('text') event!: string
  @Column({ type: 'text', collation: 'C' }) merchant!: string
  @Column('text') currency!: string
  @Column({ type: 'text', collation: 'C' }) method!: string
  @Column('bigint') payments!: number
  @Column('bigint', { name: 'paid_fen' }) paidFen!: number
  @Column('smallint') firsts!: number
}

/** A merchant of a sealed date as it was at the seal. */
@Entity('merchant_day')
export class MerchantDayEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) merchant!: string
  @Column('text') name!: string
  @Column('text') region!: string
}

/** What payments of a sealed date have posted on one account: debits positive. */
@Entity('payment_posting_day')
export class PaymentPostingDayEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @PrimaryColumn({ type: 'text', collation: 'C' }) account!: string
  @Column('bigint') fen!: number
}
