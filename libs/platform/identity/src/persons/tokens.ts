import { LijianError, type PageQuery } from '@lijian/contracts/system'
import {
  openedBy,
  READ_AREAS,
  type Scope,
  type TokenAnswer,
  type TokenMade,
  type TokenPage,
  type TokenRequest,
} from '@lijian/contracts/people'
import { inTransaction, pageOf } from '@lijian/database'
import type { Pool } from 'pg'
import { newKey } from '../new-key'
import type { SessionPerson } from './sessions'
import { HAS_FACTOR, type TokenPerson } from './person'

/** Of one person, in force at once: more are a leak that nobody sees. */
const AT_ONCE = 20

/** Tokens of persons for the command line. Rows of api_key without a client. */
export class PersonalTokens {
  constructor(private readonly pool: Pool) {}

  /** The only time that the token is seen. Throws LijianError invalid_request, state_conflict. */
  make(person: SessionPerson, { name, scopes, expiresInDays }: TokenRequest): Promise<TokenMade> {
    const wanted = [...new Set(scopes)]
    const mine: Scope[] = person.scopes.filter((scope) => scope !== 'transactions')
    const reads = READ_AREAS.some((area) => mine.includes(area))
    // The areas that `read` stands for are those that the roles open.
    if (!wanted.every((scope) => mine.includes(scope) || (scope === 'read' && reads)))
      throw new LijianError('invalid_request', 'A token has no more rights than its person', {
        errors: [{ path: 'scopes', message: `expected some of ${mine.join(', ') || 'none: your roles give nothing'}` }],
      })
    return inTransaction(this.pool, async (db) => {
      // Two at once wait here, so that neither makes one too many.
      await db.query('SELECT FROM person WHERE id = $1 FOR UPDATE', [person.id])
      const { rows } = await db.query<{ there: number }>(
        'SELECT count(*)::int AS there FROM api_key WHERE person = $1 AND client IS NULL AND revoked_at IS NULL AND expires_at > now()',
        [person.id],
      )
      if (rows[0]!.there >= AT_ONCE)
        throw new LijianError('state_conflict', `You have ${AT_ONCE} tokens in force: revoke one`)
      const { id, key, hash } = newKey()
      const made = await db.query<Row>(
        `INSERT INTO api_key (id, person, name, hash, scopes, expires_at) VALUES ($1, $2, $3, $4, $5, now() + interval '1 day' * $6) RETURNING ${COLUMNS}`,
        [id, person.id, name, hash, wanted, expiresInDays],
      )
      return { ...answerOf(made.rows[0]!), token: key }
    })
  }

  async list(person: string, { after = '', limit }: PageQuery): Promise<TokenPage> {
    const found = await this.pool.query<Row>(
      `SELECT ${COLUMNS} FROM api_key WHERE person = $1 AND client IS NULL AND id COLLATE "C" > $2 ORDER BY id COLLATE "C" LIMIT $3`,
      [person, after, limit + 1],
    )
    const { rows, next } = pageOf(found.rows, limit, ({ id }) => id)
    return { tokens: rows.map(answerOf), next }
  }

  /** Of this person only; revoking twice changes nothing. Throws LijianError not_found. */
  async revoke(person: string, id: string): Promise<TokenAnswer> {
    const { rows } = await this.pool.query<Row>(
      `UPDATE api_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 AND person = $2 AND client IS NULL RETURNING ${COLUMNS}`,
      [id, person],
    )
    if (rows[0] === undefined) throw new LijianError('not_found', `You have no token ${id}`)
    return answerOf(rows[0])
  }
}

const COLUMNS = 'id, name, scopes, created_at, expires_at, last_used_at, revoked_at'
interface Row {
  id: string
  name: string
  scopes: Scope[]
  created_at: Date
  expires_at: Date
  last_used_at: Date | null
  revoked_at: Date | null
}

const answerOf = ({ id, name, scopes, created_at, expires_at, last_used_at, revoked_at }: Row): TokenAnswer => ({
  id,
  name,
  scopes,
  createdAt: created_at.toISOString(),
  expiresAt: expires_at.toISOString(),
  lastUsedAt: last_used_at?.toISOString(),
  revokedAt: revoked_at?.toISOString(),
})

/**
 * Every token that opens anything now, by its SHA-256. Its rights are those that it was given and that the roles of its person give at this
 * moment; it opens nothing while its person has to set a password or a second factor.
 */
export async function readTokens(db: Pick<Pool, 'query'>): Promise<Map<string, TokenPerson>> {
  const { rows } = await db.query<TokenRow>({
    name: 'tokens',
    text: `SELECT k.hash, k.id AS token, k.expires_at, p.id, p.login, p.name, p.branch, p.roles, p.language,
        k.scopes AS given, ARRAY(SELECT DISTINCT unnest(r.scopes) FROM role r WHERE r.code = ANY (p.roles)) AS scopes
      FROM api_key k JOIN person p ON p.id = k.person
      WHERE k.client IS NULL AND k.revoked_at IS NULL AND k.expires_at > now() AND p.status = 'active'
        AND NOT EXISTS (SELECT FROM person_password w WHERE w.person = p.id
          AND (w.must_change OR NOT ${HAS_FACTOR}))`,
  })
  return new Map(
    rows.map(({ hash, expires_at, given, scopes, ...person }) => [
      hash,
      { ...person, scopes: both(openedBy(given), openedBy(scopes)), endsAtMs: expires_at.getTime() },
    ]),
  )
}

/** `given`: to the token; `scopes`: by the roles of its person. */
type TokenRow = Omit<TokenPerson, 'endsAtMs'> & { hash: string; expires_at: Date; given: Scope[] }

const both = (given: readonly Scope[], scopes: readonly Scope[]): Scope[] =>
  scopes.filter((scope) => scope !== 'transactions' && given.includes(scope))

/** To the minute: which token is not used any more is seen by that. */
export async function noteUse(db: Pick<Pool, 'query'>, tokens: readonly string[]): Promise<void> {
  await db.query(
    `UPDATE api_key SET last_used_at = now() WHERE id = ANY ($1) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    [tokens],
  )
}
