import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** The routing configuration; the newest version is live. */
@Entity('routing_version')
export class RoutingVersionEntity {
  @PrimaryColumn('integer') version!: number
  @Column('json') document!: unknown
  @Column('text') maker!: string
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
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
