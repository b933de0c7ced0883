import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { ProposalEntity } from './journal'
import { PersonEntity } from './people'

const C = { type: 'text', collation: 'C' } as const

/** Who has said what about which contents of a proposal. */
@Entity('proposal_decision')
@Check('proposal_decision_what', `"decision" IN ('approved', 'rejected')`)
export class ProposalDecisionEntity {
  @PrimaryColumn('bigint') proposal!: number
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'proposal_decision_proposal_fkey' })
  proposalRow?: ProposalEntity
  @PrimaryColumn('text') hash!: string
  @PrimaryColumn('text') person!: string
  @Column('text') decision!: 'approved' | 'rejected'
  @Column('text') actor!: string
  @Column('text', { name: 'on_behalf_of', nullable: true }) onBehalfOf!: string | null
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
}

/** Who approves what, from which amount on. */
@Entity('approval_policy')
@Check('approval_policy_from', '"from_fen" >= 0')
@Check('approval_policy_approvers', '"approvers" IN (1, 2)')
@Check('approval_policy_expires', '"expires_after_hours" BETWEEN 1 AND 8784')
export class ApprovalPolicyEntity {
  @PrimaryColumn(C) kind!: string
  @PrimaryColumn('bigint', { name: 'from_fen', default: 0 }) fromFen!: number
  @Column('smallint', { default: 1 }) approvers!: number
  @Column('boolean', { name: 'other_branch', default: false }) otherBranch!: boolean
  @Column('text', { array: true, nullable: true }) roles!: string[] | null
  @Column('integer', { name: 'expires_after_hours', default: 720 }) expiresAfterHours!: number
}

/** Whose right to decide somebody else has during an absence. */
@Entity('delegation')
@Index('delegation_stands_in', ['standsIn', 'untilAt'])
@Check('delegation_two', '"absent" <> "stands_in"')
@Check('delegation_span', '"from_at" < "until_at"')
export class DelegationEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column(C) absent!: string
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'absent', foreignKeyConstraintName: 'delegation_absent_fkey' })
  absentRow?: PersonEntity
  @Column({ ...C, name: 'stands_in' }) standsIn!: string
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'stands_in', foreignKeyConstraintName: 'delegation_stands_in_fkey' })
  standsInRow?: PersonEntity
  @Column('timestamptz', { name: 'from_at' }) fromAt!: Date
  @Column('timestamptz', { name: 'until_at' }) untilAt!: Date
  @Column('bigint') proposal!: number
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'delegation_proposal_fkey' })
  proposalRow?: ProposalEntity
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null
}

/** A secret that was shown to its maker and opens nothing before the approval of `proposal`. */
@Entity('waiting_secret')
export class WaitingSecretEntity {
  @PrimaryColumn(C) id!: string
  @Column('text', { nullable: true }) hash!: string | null
  @Column('bytea', { nullable: true }) sealed!: Buffer | null
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
}
