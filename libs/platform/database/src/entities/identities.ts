import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { PersonEntity } from './people'

const C = { type: 'text', collation: 'C' } as const

/** Who a person is at an identity provider. */
@Entity('person_identity')
@Index('person_identity_of', ['person'])
export class PersonIdentityEntity {
  @PrimaryColumn(C) issuer!: string
  @PrimaryColumn(C) subject!: string
  @Column(C) person!: string
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'person', foreignKeyConstraintName: 'person_identity_person_fkey' })
  personRow?: PersonEntity
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
}

/** A sign-in that is at the provider now. */
@Entity('oidc_attempt')
@Index('oidc_attempt_made_at', ['madeAt'])
export class OidcAttemptEntity {
  @PrimaryColumn(C) state!: string
  @Column(C) browser!: string
  @Column('text') nonce!: string
  @Column('text') verifier!: string
  @Column('text') back!: string
  @Column({ ...C, nullable: true }) session!: string | null
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
}

/** A logout token that was taken. */
@Entity('oidc_logout')
export class OidcLogoutEntity {
  @PrimaryColumn(C) issuer!: string
  @PrimaryColumn(C) jti!: string
  @Column('timestamptz', { default: () => 'now()' }) at!: Date
}

@Entity('passkey')
@Index('passkey_of', ['person'])
export class PasskeyEntity {
  @PrimaryColumn(C) id!: string
  @Column(C) person!: string
  @ManyToOne(() => PersonEntity)
  @JoinColumn({ name: 'person', foreignKeyConstraintName: 'passkey_person_fkey' })
  personRow?: PersonEntity
  @Column('text') name!: string
  @Column('bytea', { name: 'public_key' }) publicKey!: Buffer
  @Column('bigint') counter!: string
  @Column('text', { array: true }) transports!: string[]
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null
}

/** What a passkey is to sign. */
@Entity('passkey_challenge')
@Index('passkey_challenge_made_at', ['madeAt'])
export class PasskeyChallengeEntity {
  @PrimaryColumn(C) challenge!: string
  @Column({ ...C, nullable: true }) session!: string | null
  @Column('timestamptz', { name: 'made_at', default: () => 'now()' }) madeAt!: Date
}
