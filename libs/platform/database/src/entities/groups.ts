import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { ProposalEntity } from './journal'

export type GroupKind = 'card_group' | 'customer_group'
/** What files are imported into. */
export type ImportKind = GroupKind | 'merchant_group' | 'merchant'

@Entity('card_group')
export class CardGroupEntity {
  @PrimaryColumn('text') code!: string
  @Column('text', { nullable: true }) name!: string | null
  @Column('text', { array: true }) bins!: string[]
  /** Of its pages; grows when the members change. 0: it never had any. */
  @Column('integer', { name: 'members_version', default: 0 }) membersVersion!: number
  @Column('integer', { name: 'member_count', default: 0 }) memberCount!: number
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

@Entity('customer_group')
export class CustomerGroupEntity {
  @PrimaryColumn('text') code!: string
  @Column('text', { nullable: true }) name!: string | null
  @Column('integer', { name: 'members_version', default: 0 }) membersVersion!: number
  @Column('integer', { name: 'member_count', default: 0 }) memberCount!: number
  @Column('text', { name: 'updated_by' }) updatedBy!: string
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}

/** Members of a group: 16 bytes each, ascending, at most 4096 (libs/marketing/rules, `pagesOf`). */
@Entity('group_page')
export class GroupPageEntity {
  @PrimaryColumn('text') kind!: GroupKind
  @PrimaryColumn('text') code!: string
  @PrimaryColumn('integer') version!: number
  @PrimaryColumn('integer') page!: number
  @Column('bytea') members!: Buffer
}

/** What a group would become, while another person looks at it; its members are pages of version `DRAFT_PAGES`. */
@Entity('member_group_draft')
@Check('member_group_draft_kind', `"kind" IN ('card_group', 'customer_group')`)
export class MemberGroupDraftEntity {
  @PrimaryColumn('text') kind!: GroupKind
  @PrimaryColumn('text') code!: string
  /** The version of the members that it was made from. */
  @Column('integer') base!: number
  /** Null: the BIN prefixes stay as they are. */
  @Column('text', { array: true, nullable: true }) bins!: string[] | null
  /** False: the members stay as they are, and there are no pages. */
  @Column('boolean', { name: 'has_members' }) hasMembers!: boolean
  @Column('integer', { name: 'member_count' }) memberCount!: number
  @Column('integer') added!: number
  @Column('integer') removed!: number
  @Column({ type: 'text', collation: 'C' }) digest!: string
  @Column('text', { name: 'made_by' }) madeBy!: string
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
}

/** A file sent to change the members of a group. */
@Entity('group_import')
@Check('group_import_kind', `"kind" IN ('card_group', 'customer_group', 'merchant_group', 'merchant')`)
@Check('group_import_mode', `"mode" IN ('replace', 'add', 'remove')`)
@Check('group_import_state', `"state" IN ('running', 'done', 'failed')`)
@Index('group_import_running', ['kind', 'code'], { unique: true, where: `"state" = 'running'` })
@Index('group_import_of', ['kind', 'code', 'id'])
export class GroupImportEntity {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: number
  @Column('text') kind!: ImportKind
  @Column('text') code!: string
  @Column('text') mode!: 'replace' | 'add' | 'remove'
  @Column('text') state!: 'running' | 'done' | 'failed'
  @Column('text', { nullable: true }) failure!: string | null
  @Column('boolean', { nullable: true }) changed!: boolean | null
  @Column('integer', { default: 0 }) lines!: number
  @Column('integer', { default: 0 }) accepted!: number
  @Column('integer', { nullable: true }) duplicates!: number | null
  @Column('integer', { name: 'error_count', default: 0 }) errorCount!: number
  @Column('jsonb', { default: [] }) errors!: { line: number; message: string }[]
  @Column('bigint', { default: 0 }) bytes!: number
  @Column('bigint', { name: 'total_bytes', nullable: true }) totalBytes!: number | null
  @Column('integer', { name: 'member_count', nullable: true }) memberCount!: number | null
  /** What waits for a second person because of it. */
  @Column('bigint', { nullable: true }) proposal!: number | null
  @ManyToOne(() => ProposalEntity)
  @JoinColumn({ name: 'proposal', foreignKeyConstraintName: 'group_import_proposal_fkey' })
  proposalRow?: ProposalEntity
  @Column('text', { name: 'cancelled_by', nullable: true }) cancelledBy!: string | null
  @Column('text', { name: 'started_by' }) startedBy!: string
  @Column('timestamptz', { name: 'started_at', default: () => 'now()' }) startedAt!: Date
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null
}
