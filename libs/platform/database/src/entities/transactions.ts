import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** One counter: a limit, for one set of dimension values, in one period. Written only by `apply` and by funding. */
@Entity('counter')
@Check('counter_within_limit_fen', `"limit_fen" IS NULL OR "held_fen" + "used_fen" <= "limit_fen"`)
@Check('counter_within_limit_count', `"limit_count" IS NULL OR "held_count" + "used_count" <= "limit_count"`)
@Check('counter_not_negative', `"held_fen" >= 0 AND "held_count" >= 0 AND "used_fen" >= 0 AND "used_count" >= 0`)
@Check('counter_over_not_negative', `"over_fen" >= 0 AND "over_count" >= 0`)
export class CounterEntity {
  @PrimaryColumn('text', { collation: 'C' }) key!: string
  @Column('bigint', { name: 'limit_fen', nullable: true }) limitFen!: number | null
  @Column('bigint', { name: 'limit_count', nullable: true }) limitCount!: number | null
  @Column('integer', { name: 'limit_version' }) limitVersion!: number
  @Column('bigint', { name: 'held_fen', default: 0 }) heldFen!: number
  @Column('bigint', { name: 'held_count', default: 0 }) heldCount!: number
  @Column('bigint', { name: 'used_fen', default: 0 }) usedFen!: number
  @Column('bigint', { name: 'used_count', default: 0 }) usedCount!: number
  @Column('bigint', { name: 'over_fen', default: 0 }) overFen!: number
  @Column('bigint', { name: 'over_count', default: 0 }) overCount!: number
}

/** A marketing transaction. Written only by `apply`; `record` is the part of TransactionRow that SQL never looks into. */
@Entity('marketing_transaction')
@Index('marketing_transaction_created', ['createdAt'])
@Index('marketing_transaction_merchant', ['merchant', 'createdAt'])
@Check(
  'marketing_transaction_state',
  `"state" IN ('no_offer', 'held', 'confirmed', 'cancelled', 'expired', 'reversed', 'voided', 'unfunded', 'partially_refunded', 'refunded')`,
)
@Check('marketing_transaction_charges_are', `"charges_are" IN ('held', 'used', 'none')`)
@Check('marketing_transaction_held', `("state" = 'held') = ("charges_are" = 'held')`)
export class MarketingTransactionEntity {
  @PrimaryColumn('text', { collation: 'C' }) client!: string
  @PrimaryColumn('text', { collation: 'C' }) serial!: string
  @Column('integer') version!: number
  @Column('text', { name: 'marketing_serial' }) marketingSerial!: string
  @Column('text') state!: string
  @Column('text') merchant!: string
  @Column('text', { name: 'body_hash' }) bodyHash!: string
  @Column('bigint', { name: 'amount_fen' }) amountFen!: number
  @Column('bigint', { name: 'payable_fen' }) payableFen!: number
  @Column('text', { name: 'charges_are' }) chargesAre!: string
  @Column('jsonb') charges!: unknown
  @Column('jsonb') record!: unknown
  @Column('timestamptz', { name: 'hold_expires_at', nullable: true }) holdExpiresAt!: Date | null
  @Column('date', { name: 'business_date', nullable: true }) businessDate!: string | null
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

/** What a client with a cap holds at this moment; kept by triggers of `marketing_transaction`. */
@Entity('open_hold')
export class OpenHoldEntity {
  @PrimaryColumn('text', { collation: 'C' }) client!: string
  @PrimaryColumn('text', { collation: 'C' }) serial!: string
}

@Entity('reverse_transaction')
@Index('reverse_transaction_original', ['client', 'originalSerial'])
@Index('reverse_transaction_created', ['createdAt'])
@Check('reverse_transaction_kind', `"kind" IN ('reversal', 'void', 'refund')`)
@Check('reverse_transaction_state', `"state" IN ('waiting', 'refund_held', 'done', 'cancelled', 'refused')`)
@Check('reverse_transaction_dated', `"state" <> 'done' OR "business_date" IS NOT NULL`)
export class ReverseTransactionEntity {
  @PrimaryColumn('text', { collation: 'C' }) client!: string
  @PrimaryColumn('text', { collation: 'C' }) serial!: string
  @Column({ type: 'text', name: 'original_serial', collation: 'C' }) originalSerial!: string
  @Column('text') kind!: string
  @Column('text', { default: 'done' }) state!: string
  @Column('text', { name: 'body_hash' }) bodyHash!: string
  @Column('jsonb') answer!: unknown
  @Column('date', { name: 'business_date', nullable: true }) businessDate!: string | null
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

/** What Temporal still has to learn. */
@Entity('outbox')
@Index('outbox_lane', ['lane', 'id'])
export class OutboxEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('smallint') lane!: number
  @Column('text') client!: string
  @Column('text') serial!: string
  @Column('text', { name: 'workflow_id' }) workflowId!: string
  @Column('text', { name: 'workflow_type' }) workflowType!: string
  @Column('jsonb') snapshot!: unknown
  @Column('timestamptz', { name: 'ready_at' }) readyAt!: Date
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
}
