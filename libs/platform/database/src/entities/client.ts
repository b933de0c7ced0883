import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { PersonEntity } from './people'

/** A transaction system, or people behind a console: whose serials are one namespace, and where final states are sent. */
@Entity('client')
@Check('client_webhook_before', `("webhook_sealed_before" IS NULL) = ("webhook_before_until" IS NULL)`)
@Check('client_open_holds_max', `"open_holds_max" > 0`)
@Check('client_webhook_one_form', `"webhook_secret" IS NULL OR "webhook_sealed" IS NULL`)
export class ClientEntity {
  @PrimaryColumn('text') code!: string
  @Column('text') name!: string
  @Column('text', { name: 'webhook_url', nullable: true }) webhookUrl!: string | null
  /** In clear, of a release before; sealed ones stand below. */
  @Column('text', { name: 'webhook_secret', nullable: true }) webhookSecret!: string | null
  @Column('integer', { name: 'rate_per_second', nullable: true }) ratePerSecond!: number | null
  @Column('integer', { name: 'deadline_ms', nullable: true }) deadlineMs!: number | null
  @Column('boolean', { name: 'may_omit_paid', default: false }) mayOmitPaid!: boolean
  @Column('boolean', { name: 'serials_may_look_like_cards', default: false }) serialsMayLookLikeCards!: boolean
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('bytea', { name: 'webhook_sealed', nullable: true }) webhookSealed!: Buffer | null
  @Column('timestamptz', { name: 'webhook_since', nullable: true }) webhookSince!: Date | null
  @Column('bytea', { name: 'webhook_sealed_before', nullable: true }) webhookSealedBefore!: Buffer | null
  @Column('timestamptz', { name: 'webhook_before_until', nullable: true }) webhookBeforeUntil!: Date | null
  @Column('text', { name: 'webhook_rotations', array: true, default: () => `'{}'` }) webhookRotations!: string[]
  /** Both empty: at every merchant. */
  @Column('text', { array: true, default: () => `'{}'` }) merchants!: string[]
  @Column('text', { name: 'merchant_groups', array: true, default: () => `'{}'` }) merchantGroups!: string[]
  @Column('integer', { name: 'open_holds_max', nullable: true }) openHoldsMax!: number | null
}

/** An API key of a client, or a token of a person: only its SHA-256 is stored; the key itself is shown once. */
@Entity('api_key')
@Index('api_key_hash', ['hash'], { unique: true })
@Index('api_key_token_of', ['person'], { where: 'client IS NULL' })
@Check(
  'api_key_token',
  `"client" IS NOT NULL OR ("person" IS NOT NULL AND "expires_at" IS NOT NULL AND NOT 'transactions' = ANY ("scopes"))`,
)
export class ApiKeyEntity {
  @PrimaryColumn('text') id!: string
  @Column('text', { nullable: true }) client!: string | null
  @ManyToOne(() => ClientEntity)
  @JoinColumn({ name: 'client', foreignKeyConstraintName: 'api_key_client_fkey' })
  clientRow?: ClientEntity
  @Column({ type: 'text', collation: 'C', nullable: true }) person!: string | null
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'person', foreignKeyConstraintName: 'api_key_person_fkey' })
  personRow?: PersonEntity
  @Column('text') name!: string
  @Column('text') hash!: string
  @Column('text', { array: true }) scopes!: string[]
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null
}

/** A final state on its way to a client's webhook. */
@Entity('webhook_delivery')
@Index('webhook_delivery_stuck', ['client', 'serial'], { where: 'delivered_at IS NULL AND last_error IS NOT NULL' })
export class WebhookDeliveryEntity {
  @PrimaryColumn('text') client!: string
  @PrimaryColumn('text') serial!: string
  @PrimaryColumn('integer') version!: number
  @Column('text') state!: string
  @Column('integer', { default: 0 }) attempts!: number
  @Column('text', { name: 'last_error', nullable: true }) lastError!: string | null
  @Column('timestamptz', { name: 'first_attempt_at', nullable: true }) firstAttemptAt!: Date | null
  @Column('timestamptz', { name: 'delivered_at', nullable: true }) deliveredAt!: Date | null
}

/** A proof of a decision that was spent. */
@Entity('decision_proof')
export class DecisionProofEntity {
  @PrimaryColumn({ type: 'text', collation: 'C' }) id!: string
  @Column('text', { name: 'spent_by' }) spentBy!: string
  @Column('text') decision!: string
  @Column('text') person!: string
  @Column('timestamptz', { name: 'spent_at', default: () => 'clock_timestamp()' }) spentAt!: Date
}
