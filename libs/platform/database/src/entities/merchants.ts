import type { Merchant } from '@lijian/contracts/marketing'
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { BranchEntity } from './people'

const kept = { synchronize: false } as const

/** A merchant's document. The columns beside it are what lists ask for; a trigger keeps them. */
@Entity('merchant')
@Index('merchant_prefix', kept)
@Index('merchant_by_name', ['name'])
@Index('merchant_by_mcc', kept)
@Index('merchant_by_branch', kept)
@Index('merchant_by_province', kept)
@Index('merchant_by_city', kept)
@Index('merchant_by_district', kept)
@Index('merchant_by_status', kept)
@Index('merchant_by_import', kept)
export class MerchantEntity {
  @PrimaryColumn('text') id!: string
  @Column('json') document!: Merchant
  @Column({ type: 'text', nullable: true, collation: 'C', insert: false, update: false }) name!: string | null
  @Column({ type: 'text', nullable: true, collation: 'C', insert: false, update: false }) mcc!: string | null
  @Column({ type: 'text', nullable: true, collation: 'C', insert: false, update: false }) region!: string | null
  @Column({ type: 'text', nullable: true, collation: 'C', insert: false, update: false }) branch!: string | null
  @Column({ type: 'text', nullable: true, collation: 'C', insert: false, update: false }) status!: string | null
  /** The import that changed it last. */
  @Column({ type: 'bigint', name: 'import_id', nullable: true, insert: false, update: false }) importId!: number | null
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

@Entity('merchant_group')
export class MerchantGroupEntity {
  @PrimaryColumn('text', { collation: 'C' }) code!: string
  @Column('text', { nullable: true }) name!: string | null
  /** In force; 0: nobody was ever in it. */
  @Column('integer', { default: 0 }) version!: number
  @Column('integer', { name: 'latest_version', default: 0 }) latestVersion!: number
  @Column('integer', { name: 'member_count', default: 0 }) memberCount!: number
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
  @Column({ type: 'text', collation: 'C', default: 'head-office' }) branch!: string
  @ManyToOne(() => BranchEntity)
  @JoinColumn({ name: 'branch', foreignKeyConstraintName: 'merchant_group_branch_fkey' })
  branchRow?: BranchEntity
}

export type GroupVersionState = 'draft' | 'in_force' | 'replaced' | 'dropped'

@Entity('merchant_group_version')
@Check('merchant_group_version_state', `"state" IN ('draft', 'in_force', 'replaced', 'dropped')`)
@Index('merchant_group_version_draft', ['code'], { unique: true, where: `"state" = 'draft'` })
export class MerchantGroupVersionEntity {
  @PrimaryColumn('text', { collation: 'C' }) code!: string
  @PrimaryColumn('integer') version!: number
  @ManyToOne(() => MerchantGroupEntity)
  @JoinColumn({ name: 'code', foreignKeyConstraintName: 'merchant_group_version_code_fkey' })
  group?: MerchantGroupEntity
  /** The version that it was made from. */
  @Column('integer') base!: number
  @Column('text') state!: GroupVersionState
  @Column('integer', { name: 'member_count' }) memberCount!: number
  @Column('integer') added!: number
  @Column('integer') removed!: number
  @Column({ type: 'text', collation: 'C' }) digest!: string
  @Column('text', { name: 'made_by' }) madeBy!: string
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
  @Column('text', { name: 'put_in_force_by', nullable: true }) putInForceBy!: string | null
  @Column('timestamptz', { name: 'put_in_force_at', nullable: true }) putInForceAt!: Date | null
}

/** In version v are those with `fromVersion` <= v and no `toVersion`, or one above v. */
@Entity('merchant_group_member')
@Index('merchant_group_member_of', ['merchant', 'code'])
@Index('merchant_group_member_came', ['code', 'fromVersion', 'merchant'])
@Index('merchant_group_member_went', ['code', 'toVersion', 'merchant'], { where: `"to_version" IS NOT NULL` })
export class MerchantGroupMemberEntity {
  @PrimaryColumn('text', { collation: 'C' }) code!: string
  @PrimaryColumn('text', { collation: 'C' }) merchant!: string
  @PrimaryColumn('integer', { name: 'from_version' }) fromVersion!: number
  @Column('integer', { name: 'to_version', nullable: true }) toVersion!: number | null
}
