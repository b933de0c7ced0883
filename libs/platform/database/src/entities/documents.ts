import type { Campaign, Merchant } from '@lijian/contracts/marketing'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'

/** A campaign: which of its versions is live (approved last) and which is the newest. */
@Entity('campaign')
export class CampaignEntity {
  @PrimaryColumn('text') code!: string
  @Column('integer', { name: 'live_version', nullable: true }) liveVersion!: number | null
  @Column('integer', { name: 'latest_version' }) latestVersion!: number
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
}

@Entity('campaign_version')
@Index('campaign_version_made', ['createdAt'])
@Index('campaign_version_approved', ['approvedAt'], { where: `"approved_at" IS NOT NULL` })
@Check('campaign_version_state', `"state" IN ('not_approved', 'approved')`)
@Check('campaign_version_two_people', `"checker" IS NULL OR "checker" <> "maker"`)
export class CampaignVersionEntity {
  @PrimaryColumn('text') code!: string
  @PrimaryColumn('integer') version!: number
  @ManyToOne(() => CampaignEntity)
  @JoinColumn({ name: 'code', foreignKeyConstraintName: 'campaign_version_code_fkey' })
  campaign?: CampaignEntity
  @Column('json') document!: Campaign
  @Column('text') state!: 'not_approved' | 'approved'
  @Column('text') maker!: string
  @Column('text', { nullable: true }) checker!: string | null
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt!: Date | null
}

/** A suspended campaign (`CODE`), offer (`CAMPAIGN/OFFER`), or part of routing (`@route/…`). */
@Entity('suspension')
export class SuspensionEntity {
  @PrimaryColumn('text', { collation: 'C' }) ref!: string
  @Column('text', { name: 'suspended_by' }) suspendedBy!: string
  @Column('timestamptz', { name: 'suspended_at', default: () => 'now()' }) suspendedAt!: Date
  @Column('text', { name: 'resume_requested_by', nullable: true }) resumeRequestedBy!: string | null
}

@Entity('merchant')
export class MerchantEntity {
  @PrimaryColumn('text') id!: string
  @Column('json') document!: Merchant
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

@Entity('config_change')
@Index('config_change_at', ['changedAt'])
@Index('config_change_kind', ['kind', 'id'])
export class ConfigChangeEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') kind!: 'campaign' | 'merchant' | 'card_group' | 'customer_group' | 'client'
  @Column('text') code!: string
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' }) changedAt!: Date
}
