import type { ParameterValues, RuleTemplate, TemplateState } from '@lijian/contracts/marketing'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { CampaignVersionEntity } from './documents'

/** A rule template: which of its versions campaigns are made from and which is the newest. */
@Entity('rule_template')
export class RuleTemplateEntity {
  @PrimaryColumn('text', { collation: 'C' }) code!: string
  @Column('integer', { name: 'latest_version' }) latestVersion!: number
  @Column('integer', { name: 'approved_version', nullable: true }) approvedVersion!: number | null
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
}

@Entity('rule_template_version')
@Check('rule_template_version_state', `"state" IN ('not_approved', 'approved', 'retired')`)
@Check('rule_template_version_two_people', `"checker" IS NULL OR "checker" <> "maker" OR "maker" = '@release'`)
@Check(
  'rule_template_version_decided',
  `("state" = 'not_approved') = ("checker" IS NULL) AND ("state" = 'retired') = ("retired_at" IS NOT NULL)`,
)
export class RuleTemplateVersionEntity {
  @PrimaryColumn('text', { collation: 'C' }) code!: string
  @PrimaryColumn('integer') version!: number
  @ManyToOne(() => RuleTemplateEntity)
  @JoinColumn({ name: 'code', foreignKeyConstraintName: 'rule_template_version_code_fkey' })
  template?: RuleTemplateEntity
  @Column('json') document!: RuleTemplate
  @Column('text') state!: TemplateState
  @Column('text') maker!: string
  @Column('text', { nullable: true }) checker!: string | null
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date
  @Column('timestamptz', { name: 'approved_at', nullable: true }) approvedAt!: Date | null
  @Column('timestamptz', { name: 'retired_at', nullable: true }) retiredAt!: Date | null
}

/** What a version of a campaign was made from. Append-only. */
@Entity('campaign_origin')
@Index('campaign_origin_template', ['template', 'code', 'version'])
export class CampaignOriginEntity {
  @PrimaryColumn('text') code!: string
  @PrimaryColumn('integer') version!: number
  @ManyToOne(() => CampaignVersionEntity)
  @JoinColumn([
    { name: 'code', referencedColumnName: 'code', foreignKeyConstraintName: 'campaign_origin_version_fkey' },
    { name: 'version', referencedColumnName: 'version', foreignKeyConstraintName: 'campaign_origin_version_fkey' },
  ])
  of?: CampaignVersionEntity
  @Column({ type: 'text', collation: 'C' }) template!: string
  @Column('integer', { name: 'template_version' }) templateVersion!: number
  @ManyToOne(() => RuleTemplateVersionEntity)
  @JoinColumn([
    { name: 'template', referencedColumnName: 'code', foreignKeyConstraintName: 'campaign_origin_template_fkey' },
    {
      name: 'template_version',
      referencedColumnName: 'version',
      foreignKeyConstraintName: 'campaign_origin_template_fkey',
    },
  ])
  from?: RuleTemplateVersionEntity
  @Column('json') parameters!: ParameterValues
}
