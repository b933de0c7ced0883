import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { LoggedDecision, SnapshotCampaign } from '../rows'

/** Which documents were in force; decisions name it (`DecisionBasis.snapshot`). */
@Entity('catalog_snapshot')
export class CatalogSnapshotEntity {
  @PrimaryColumn('text', { collation: 'C' }) id!: string
  @Column('text', { name: 'draw_key' }) drawKey!: string
  @Column('text', { array: true }) groups!: string[]
  @Column('jsonb') campaigns!: SnapshotCampaign[]
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
}

/** An answer without an offer. Partitioned by day, which TypeORM does not see. */
@Entity('decision_log')
export class DecisionLogEntity {
  @PrimaryColumn('text', { collation: 'C' }) client!: string
  @PrimaryColumn('text', { collation: 'C' }) serial!: string
  @PrimaryColumn('timestamptz', { name: 'answered_at' }) answeredAt!: Date
  @PrimaryColumn('uuid') id!: string
  @Column('text') merchant!: string
  @Column('json') decision!: LoggedDecision
}
