import type { BacktestSummary } from '@lijian/contracts/marketing'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { CampaignVersionEntity } from './documents'

/** What a back-test said of a version of a campaign. Append-only. */
@Entity('campaign_backtest')
@Index('campaign_backtest_once', ['code', 'version', 'summaryHash'], { unique: true })
export class CampaignBacktestEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') code!: string
  @Column('integer') version!: number
  @ManyToOne(() => CampaignVersionEntity)
  @JoinColumn([
    { name: 'code', referencedColumnName: 'code', foreignKeyConstraintName: 'campaign_backtest_version_fkey' },
    { name: 'version', referencedColumnName: 'version', foreignKeyConstraintName: 'campaign_backtest_version_fkey' },
  ])
  of?: CampaignVersionEntity
  @Column({ type: 'text', collation: 'C', name: 'summary_hash' }) summaryHash!: string
  @Column('jsonb') summary!: BacktestSummary
  @Column('text', { name: 'ran_by' }) ranBy!: string
  @Column('timestamptz', { name: 'ran_at', default: () => 'now()' }) ranAt!: Date
}
