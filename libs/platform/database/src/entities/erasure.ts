import { Check, Column, Entity, PrimaryColumn } from 'typeorm'

/** Whom the house was asked to forget, how far that is, and the certificate. Tokens go with the end. */
@Entity('erasure')
@Check('erasure_state', `"state" IN ('proposed', 'running', 'done', 'dropped')`)
@Check(
  'erasure_forgets',
  `("state" IN ('done', 'dropped')) = ("tokens" IS NULL) AND ("tokens" IS NOT NULL OR "payments" IS NULL)`,
)
@Check(
  'erasure_ended',
  `("state" IN ('done', 'dropped')) = ("ended_at" IS NOT NULL) AND ("state" = 'done') = ("certificate" IS NOT NULL)`,
)
export class ErasureEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text', { default: 'proposed' }) state!: 'proposed' | 'running' | 'done' | 'dropped'
  @Column('text', { name: 'legal_basis' }) legalBasis!: string
  @Column('text', { name: 'named_by', array: true }) namedBy!: string[]
  @Column('jsonb', { name: 'held_back', default: [] }) heldBack!: unknown
  @Column('text', { array: true, nullable: true }) tokens!: string[] | null
  @Column('jsonb', { nullable: true }) payments!: unknown
  /** While there are tokens: so that no hash of the audit tells them to whoever guesses. */
  @Column('text', { nullable: true, default: () => 'gen_random_uuid()' }) salt!: string | null
  @Column('jsonb', { default: {} }) places!: unknown
  @Column('jsonb', { nullable: true }) certificate!: unknown
  @Column('text', { name: 'requested_by' }) requestedBy!: string
  @Column('timestamptz', { name: 'requested_at', default: () => 'now()' }) requestedAt!: Date
  @Column('timestamptz', { name: 'begun_at', nullable: true }) begunAt!: Date | null
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null
}
