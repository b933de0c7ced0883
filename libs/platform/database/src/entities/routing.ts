import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { ProposalEntity } from './journal'

/** The routing configuration; the newest version is live. */
@Entity('routing_version')
export class RoutingVersionEntity {
  @PrimaryColumn('integer') version!: number
  @Column('json') document!: unknown
  @Column('text') maker!: string
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('bigint', { nullable: true }) proposal!: number | null
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'routing_version_proposal_fkey' })
  proposalRow?: ProposalEntity
  @Column('text', { nullable: true }) checker!: string | null
}

/** A document that waits for another person, or was not approved. */
@Entity('routing_draft')
@Index('routing_draft_proposal', ['proposal'])
export class RoutingDraftEntity {
  @PrimaryColumn('integer') version!: number
  @Column('json') document!: unknown
  @Column('text') sha256!: string
  @Column('text') maker!: string
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('integer', { nullable: true }) base!: number | null
  @Column('jsonb', { name: 'base_parts', nullable: true }) baseParts!: unknown
  @Column('bigint', { nullable: true }) proposal!: number | null
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'routing_draft_proposal_fkey' })
  proposalRow?: ProposalEntity
}

/** A payment's route. Written only by `apply`; `record` is the part of RouteRow that SQL never looks into. */
@Entity('route')
@Index('route_expires', ['expiresAt'], { where: '(expires_at IS NOT NULL)' })
@Index('route_created', ['createdAt'])
@Check('route_state', `"state" IN ('no_route', 'reserved', 'succeeded', 'failed', 'expired')`)
export class RouteEntity {
  @PrimaryColumn('text', { collation: 'C' }) client!: string
  @PrimaryColumn('text', { collation: 'C' }) serial!: string
  @Column('integer') version!: number
  @Column('text') state!: string
  @Column('text') merchant!: string
  @Column('text', { name: 'body_hash' }) bodyHash!: string
  @Column('bigint', { name: 'amount_fen' }) amountFen!: number
  @Column('jsonb') attempts!: unknown
  @Column('jsonb') record!: unknown
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

/** Outcomes on their way into a pool's success rate. */
@Entity('route_outcome')
export class RouteOutcomeEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') pool!: string
  @Column('boolean') ok!: boolean
  @Column('boolean') probe!: boolean
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
}

@Entity('route_pool_health')
export class RoutePoolHealthEntity {
  @PrimaryColumn('text') pool!: string
  @Column('jsonb') state!: unknown
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}
