import type { Campaign } from '@lijian/contracts/marketing'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { BranchEntity } from './people'

/** A campaign: which of its versions is live (approved last) and which is the newest. */
@Entity('campaign')
@Check('campaign_copied', '(copied_from IS NULL) = (copied_version IS NULL)')
@Index('campaign_prefix', { synchronize: false })
export class CampaignEntity {
  @PrimaryColumn('text') code!: string
  @Column('integer', { name: 'live_version', nullable: true }) liveVersion!: number | null
  @Column('integer', { name: 'latest_version' }) latestVersion!: number
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column({ type: 'text', collation: 'C', default: 'head-office' }) branch!: string
  @ManyToOne(() => BranchEntity)
  @JoinColumn({ name: 'branch', foreignKeyConstraintName: 'campaign_branch_fkey' })
  branchRow?: BranchEntity
  @Column('text', { name: 'copied_from', nullable: true }) copiedFrom!: string | null
  @Column('integer', { name: 'copied_version', nullable: true }) copiedVersion!: number | null
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

/** What lists ask of a version's document; a trigger writes it. */
@Entity('campaign_facts')
export class CampaignFactsEntity {
  @PrimaryColumn('text') code!: string
  @PrimaryColumn('integer') version!: number
  @ManyToOne(() => CampaignVersionEntity)
  @JoinColumn([
    { name: 'code', referencedColumnName: 'code', foreignKeyConstraintName: 'campaign_facts_version_fkey' },
    { name: 'version', referencedColumnName: 'version', foreignKeyConstraintName: 'campaign_facts_version_fkey' },
  ])
  of?: CampaignVersionEntity
  @Column('text', { nullable: true }) name!: string | null
  @Column('text', { name: 'time_zone', nullable: true }) timeZone!: string | null
  @Column({ type: 'text', collation: 'C', name: 'from_date', nullable: true }) fromDate!: string | null
  @Column({ type: 'text', collation: 'C', name: 'to_date', nullable: true }) toDate!: string | null
  @Column('text', { array: true }) partners!: string[]
  @Column('text', { array: true }) merchants!: string[]
  @Column('text', { name: 'merchant_groups', array: true }) merchantGroups!: string[]
  @Column({ type: 'text', collation: 'C', name: 'card_groups', array: true, default: '{}' }) cardGroups!: string[]
  @Column({ type: 'text', collation: 'C', name: 'customer_groups', array: true, default: '{}' })
  customerGroups!: string[]
  @Column('boolean', { name: 'any_merchant' }) anyMerchant!: boolean
  @Column('jsonb') offers!: { code: string; name: string; kind: 'amount' | 'fee'; hash: string }[]
}

/** A suspended campaign (`CODE`), offer (`CAMPAIGN/OFFER`), or part of routing (`@route/…`). */
@Entity('suspension')
export class SuspensionEntity {
  @PrimaryColumn('text', { collation: 'C' }) ref!: string
  @Column('text', { name: 'suspended_by' }) suspendedBy!: string
  @Column('timestamptz', { name: 'suspended_at', default: () => 'now()' }) suspendedAt!: Date
  @Column('text', { name: 'resume_requested_by', nullable: true }) resumeRequestedBy!: string | null
}

@Entity('config_change')
@Index('config_change_at', ['changedAt'])
@Index('config_change_kind', ['kind', 'id'])
export class ConfigChangeEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') kind!:
    | 'campaign'
    | 'merchant'
    /** Those that an import changed; its number is the code. */
    | 'merchants'
    | 'card_group'
    | 'customer_group'
    | 'merchant_group'
    | 'client'
  @Column('text') code!: string
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' }) changedAt!: Date
}
