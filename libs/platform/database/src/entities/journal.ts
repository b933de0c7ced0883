import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { BranchEntity } from './people'

/** One event of money, double entry, append-only (docs/reference/postings.md). Written by `apply` and by funding, settlement and cases. */
@Entity('journal')
@Index('journal_once', ['client', 'serial', 'event'], { unique: true })
@Check(
  'journal_event',
  `"event" IN ('capture', 'void', 'reversal', 'refund', 'top_up', 'withdrawal', 'collection', 'settlement', 'rebate_payout', 'transfer', 'unmatched_receipt', 'adjustment', 'write_off')`,
)
@Check('journal_balances', `journal_balances("accounts", "amounts_fen")`)
export class JournalEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') event!: string
  @Column({ type: 'text', collation: 'C' }) client!: string
  @Column({ type: 'text', collation: 'C' }) serial!: string
  @Column({ type: 'text', name: 'original_serial', collation: 'C', nullable: true }) originalSerial!: string | null
  @Column('text', { nullable: true }) merchant!: string | null
  @Column('text', { name: 'clearing_system', nullable: true }) clearingSystem!: string | null
  @Column('jsonb') detail!: unknown
  @Column('text', { array: true }) accounts!: string[]
  @Column('bigint', { name: 'amounts_fen', array: true }) amountsFen!: number[]
  @Column('timestamptz', { name: 'posted_at', default: () => 'clock_timestamp()' }) postedAt!: Date
}

/** A closed business date: nothing is recorded on it any more. */
@Entity('business_day')
export class BusinessDayEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @Column('timestamptz', { name: 'frozen_at', default: () => 'clock_timestamp()' }) frozenAt!: Date
}

/** The seal of a closed business date; `hash` covers the rows of the date and the seal before. */
@Entity('journal_seal')
export class JournalSealEntity {
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @Column('bigint', { name: 'rows_count' }) rowsCount!: number
  @Column('bigint', { name: 'debit_fen' }) debitFen!: number
  @Column('bytea') hash!: Buffer
  @Column('bytea', { name: 'previous_hash' }) previousHash!: Buffer
  @Column('timestamptz', { name: 'sealed_at', default: () => 'clock_timestamp()' }) sealedAt!: Date
}

/** Balances of a sealed date, of each account that moved on it; `closing` of the last row is the balance. */
@Entity('account_day')
@Check(
  'account_day_sums',
  `"closing_fen" = "opening_fen" + "debit_fen" - "credit_fen" AND "debit_fen" >= 0 AND "credit_fen" >= 0`,
)
export class AccountDayEntity {
  @PrimaryColumn({ type: 'text', collation: 'C' }) account!: string
  @PrimaryColumn('date', { name: 'business_date' }) businessDate!: string
  @Column('bigint', { name: 'opening_fen' }) openingFen!: number
  @Column('bigint', { name: 'debit_fen' }) debitFen!: number
  @Column('bigint', { name: 'credit_fen' }) creditFen!: number
  @Column('bigint', { name: 'closing_fen' }) closingFen!: number
}

/** What one person enters and another approves or rejects. */
@Entity('proposal')
@Index('proposal_made', ['madeAt'])
@Index('proposal_checked', ['checkedAt'], { where: `"checked_at" IS NOT NULL` })
@Index('proposal_open', ['kind', 'id'], { where: `"state" = 'proposed'` })
@Index('proposal_subject', ['kind', 'subject', 'id'])
// On an expression: migration 0006-funding has it.
@Index('proposal_bank_reference', { synchronize: false })
@Index('proposal_inbox', ['id'], { where: `"state" = 'proposed'` })
@Index('proposal_made_by', ['makerPerson', 'id'])
@Check('proposal_state', `"state" IN ('proposed', 'approved', 'rejected', 'withdrawn', 'expired')`)
@Check('proposal_needs', `"needs" IN (1, 2)`)
@Check('proposal_two_people', `"checker" IS NULL OR "checker" <> "maker"`)
@Check('proposal_decided', `("state" IN ('approved', 'rejected')) = ("checker" IS NOT NULL)`)
export class ProposalEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') kind!: string
  @Column('text') subject!: string
  @Column('jsonb') body!: unknown
  @Column('text') hash!: string
  @Column('integer', { default: 1 }) version!: number
  @Column('text', { default: 'proposed' }) state!: 'proposed' | 'approved' | 'rejected' | 'withdrawn' | 'expired'
  @Column('text') maker!: string
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
  @Column('text', { nullable: true }) checker!: string | null
  @Column('timestamptz', { name: 'checked_at', nullable: true }) checkedAt!: Date | null
  @Column('text', { nullable: true }) reason!: string | null
  @Column('jsonb', { nullable: true }) before!: unknown
  @Column({ type: 'text', collation: 'C', default: 'head-office' }) branch!: string
  @ManyToOne(() => BranchEntity)
  @JoinColumn({ name: 'branch', foreignKeyConstraintName: 'proposal_branch_fkey' })
  branchRow?: BranchEntity
  @Column('bigint', { name: 'amount_fen', nullable: true }) amountFen!: number | null
  @Column('text', { name: 'maker_person', nullable: true }) makerPerson!: string | null
  @Column('smallint', { default: 1 }) needs!: number
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null
}
