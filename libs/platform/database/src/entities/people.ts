import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'

const C = { type: 'text', collation: 'C' } as const

/** 分公司: whoever belongs to a branch sees it and what is below. */
@Entity('branch')
export class BranchEntity {
  @PrimaryColumn(C) code!: string
  @Column('text') name!: string
  @Column({ ...C, nullable: true }) parent!: string | null
  @ManyToOne(() => BranchEntity)
  @JoinColumn({ name: 'parent', foreignKeyConstraintName: 'branch_parent_fkey' })
  parentRow?: BranchEntity
}

/** A named set of scopes. */
@Entity('role')
export class RoleEntity {
  @PrimaryColumn(C) code!: string
  @Column('text') name!: string
  @Column('text', { name: 'name_zh' }) nameZh!: string
  @Column('text', { array: true }) scopes!: string[]
}

/** Nobody holds both. */
@Entity('role_conflict')
@Check('role_conflict_once', 'one < other')
export class RoleConflictEntity {
  @PrimaryColumn(C) one!: string
  @ManyToOne(() => RoleEntity)
  @JoinColumn({ name: 'one', foreignKeyConstraintName: 'role_conflict_one_fkey' })
  oneRow?: RoleEntity
  @PrimaryColumn(C) other!: string
  @ManyToOne(() => RoleEntity)
  @JoinColumn({ name: 'other', foreignKeyConstraintName: 'role_conflict_other_fkey' })
  otherRow?: RoleEntity
  @Column('text') why!: string
}

/** Who works with Lijian. */
@Entity('person')
@Check('person_status', `status IN ('active', 'disabled')`)
@Check('person_language', `language IN ('zh-CN', 'en')`)
@Index('person_login', ['login'], { unique: true })
export class PersonEntity {
  @PrimaryColumn(C) id!: string
  @Column(C) login!: string
  @Column('text') name!: string
  @Column(C) branch!: string
  @ManyToOne(() => BranchEntity)
  @JoinColumn({ name: 'branch', foreignKeyConstraintName: 'person_branch_fkey' })
  branchRow?: BranchEntity
  @Column('text', { array: true }) roles!: string[]
  @Column('text', { default: 'active' }) status!: 'active' | 'disabled'
  @Column('text', { default: 'zh-CN' }) language!: 'zh-CN' | 'en'
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
}

/** A local account: the hash of its password, and of those before. */
@Entity('person_password')
export class PersonPasswordEntity {
  @PrimaryColumn(C) person!: string
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'person', foreignKeyConstraintName: 'person_password_person_fkey' })
  personRow?: PersonEntity
  @Column('text') hash!: string
  @Column('text', { array: true, default: '{}' }) earlier!: string[]
  @Column('boolean', { name: 'must_change', default: false }) mustChange!: boolean
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' }) changedAt!: Date
}

/** The second factor (RFC 6238). */
@Entity('person_totp')
export class PersonTotpEntity {
  @PrimaryColumn(C) person!: string
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'person', foreignKeyConstraintName: 'person_totp_person_fkey' })
  personRow?: PersonEntity
  @Column('bytea') secret!: Buffer
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null
  @Column('bigint', { name: 'last_step', default: 0 }) lastStep!: string
}

/** Wrong passwords of a login, whether it exists or not. */
@Entity('sign_in_failure')
@Index('sign_in_failure_last_at', ['lastAt'])
export class SignInFailureEntity {
  @PrimaryColumn({ ...C, name: 'login_hash' }) loginHash!: string
  @Column('integer') failures!: number
  @Column('timestamptz', { name: 'last_at' }) lastAt!: Date
  @Column('timestamptz', { name: 'locked_until' }) lockedUntil!: Date
}

/** A person at a browser. */
@Entity('session')
@Index('session_hash', ['hash'], { unique: true })
@Index('session_of_person', ['person'], { where: 'ended_at IS NULL' })
@Index('session_at_provider', ['issuer', 'providerSession'], { where: 'ended_at IS NULL AND issuer IS NOT NULL' })
@Index('session_ends_at', ['endsAt'])
export class SessionEntity {
  @PrimaryColumn(C) id!: string
  @Column(C) hash!: string
  @Column(C) person!: string
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'person', foreignKeyConstraintName: 'session_person_fkey' })
  personRow?: PersonEntity
  @Column('timestamptz', { name: 'started_at', default: () => 'now()' }) startedAt!: Date
  @Column('timestamptz', { name: 'seen_at', default: () => 'now()' }) seenAt!: Date
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date
  @Column('timestamptz', { name: 'strong_at', nullable: true }) strongAt!: Date | null
  @Column('text') address!: string
  @Column('text') agent!: string
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null
  @Column('text', { name: 'ended_because', nullable: true }) endedBecause!: string | null
  /** Of one that an identity provider has opened. */
  @Column({ ...C, nullable: true }) issuer!: string | null
  @Column({ ...C, name: 'provider_session', nullable: true }) providerSession!: string | null
}

/** A one-time code with which an installation gets an administrator. */
@Entity('enrolment')
@Index('enrolment_for_person', ['forPerson'], { where: 'for_person IS NOT NULL' })
export class EnrolmentEntity {
  @PrimaryColumn(C) hash!: string
  @Column('text', { array: true }) roles!: string[]
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null
  @Column({ ...C, nullable: true }) person!: string | null
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'person', foreignKeyConstraintName: 'enrolment_person_fkey' })
  personRow?: PersonEntity
  /** Null: whoever has it becomes a new person with its roles. */
  @Column({ ...C, name: 'for_person', nullable: true }) forPerson!: string | null
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'for_person', foreignKeyConstraintName: 'enrolment_for_person_fkey' })
  forPersonRow?: PersonEntity
  /** The person to whom it was shown. */
  @Column({ ...C, name: 'made_by', nullable: true }) madeBy!: string | null
}

/** A view of a list that somebody keeps. */
@Entity('saved_view')
@Index('saved_view_shared', ['page', 'owner', 'code'], { where: 'shared' })
export class SavedViewEntity {
  @PrimaryColumn(C) owner!: string
  @PrimaryColumn(C) code!: string
  @Column('text') name!: string
  @Column(C) page!: string
  @Column('jsonb') state!: Record<string, unknown>
  @Column('boolean') shared!: boolean
  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' }) updatedAt!: Date
}
