import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { ProposalEntity } from './journal'
import { BranchEntity } from './people'

/** Of an account in clear: its bank and how its number ends. `sealed`: holder and number (libs/platform/privacy), base64. */
export interface StoredAccount {
  bank: string
  last4: string
  sealed: string
}

@Entity('partner')
@Index('partner_prefix', { synchronize: false })
@Check('partner_credit_line', `"credit_line_fen" >= 0`)
@Check('partner_kind', `"kind" IN ('bank', 'platform', 'card_scheme', 'government', 'merchant', 'own_institution')`)
@Check('partner_payment_mode', `"payment_mode" IN ('prepay', 'postpay')`)
@Check('partner_status', `"status" IN ('active', 'suspended', 'closed')`)
@Check('partner_currency', `"currency" ~ '^[A-Z]{3}$'`)
@Check('partner_funded', `"funded_fen" >= 0`)
export class PartnerEntity {
  @PrimaryColumn('text') code!: string
  @Column('text') name!: string
  @Column('bigint', { name: 'credit_line_fen', default: 0 }) creditLineFen!: number
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
  @Column('text', { default: 'bank' }) kind!: string
  @Column('text', { name: 'payment_mode', default: 'prepay' }) paymentMode!: 'prepay' | 'postpay'
  @Column('text', { default: 'active' }) status!: 'active' | 'suspended' | 'closed'
  @Column('bytea', { nullable: true }) contacts!: Buffer | null
  @Column('jsonb', { name: 'deposit_account', nullable: true }) depositAccount!: StoredAccount | null
  @Column('jsonb', { name: 'payout_account', nullable: true }) payoutAccount!: StoredAccount | null
  @Column('integer', { name: 'accounts_version', default: 0 }) accountsVersion!: number
  /** Receipts − withdrawals, in fen. */
  @Column('bigint', { name: 'funded_fen', default: 0 }) fundedFen!: number
  @Column('bigint', { name: 'warn_below_fen', nullable: true }) warnBelowFen!: number | null
  @Column('integer', { name: 'warn_below_ppm', nullable: true }) warnBelowPpm!: number | null
  /** Of all its amounts, in minor units. */
  @Column('text', { default: 'CNY' }) currency!: string
  @Column({ type: 'text', collation: 'C', default: 'head-office' }) branch!: string
  @ManyToOne(() => BranchEntity)
  @JoinColumn({ name: 'branch', foreignKeyConstraintName: 'partner_branch_fkey' })
  branchRow?: BranchEntity
}

/** A change that waits for another person: what people write of a partner, sealed as there. */
@Entity('partner_draft')
export class PartnerDraftEntity {
  @PrimaryColumn('text') code!: string
  @Column('text') name!: string
  @Column('text') kind!: string
  @Column('text', { name: 'payment_mode' }) paymentMode!: string
  @Column('text') currency!: string
  @Column('text') status!: string
  @Column('bytea', { nullable: true }) contacts!: Buffer | null
  @Column('jsonb', { name: 'deposit_account', nullable: true }) depositAccount!: StoredAccount | null
  @Column('jsonb', { name: 'payout_account', nullable: true }) payoutAccount!: StoredAccount | null
  @Column('bigint', { name: 'warn_below_fen', nullable: true }) warnBelowFen!: number | null
  @Column('integer', { name: 'warn_below_ppm', nullable: true }) warnBelowPpm!: number | null
  @Column('bigint', { nullable: true }) proposal!: number | null
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'partner_draft_proposal_fkey' })
  proposalRow?: ProposalEntity
}

/** What was approved of a partner; append-only. */
@Entity('partner_version')
export class PartnerVersionEntity {
  @PrimaryColumn('text') code!: string
  @PrimaryColumn('integer') version!: number
  @Column('jsonb') document!: unknown
  @Column('text', { nullable: true }) maker!: string | null
  @Column('text', { nullable: true }) checker!: string | null
  @Column('bigint', { nullable: true }) proposal!: number | null
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'partner_version_proposal_fkey' })
  proposalRow?: ProposalEntity
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
}

/** Who has seen the whole account numbers of a proposal; append-only. */
@Entity('account_reveal')
export class AccountRevealEntity {
  @PrimaryColumn('bigint') proposal!: number
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'account_reveal_proposal_fkey' })
  proposalRow?: ProposalEntity
  @PrimaryColumn('text') hash!: string
  @PrimaryColumn('text') person!: string
  @Column('text') actor!: string
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
}
