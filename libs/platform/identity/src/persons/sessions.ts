import { createHash, randomBytes } from 'node:crypto'
import { LijianError } from '@lijian/contracts/system'
import { openedBy, type Restriction, type SessionList } from '@lijian/contracts/people'
import { inTransaction } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { HAS_FACTOR, type Person } from './person'

/** PCI DSS 8.2.8: fifteen minutes without a request end a session; eight hours end it anyway. */
const IDLE_SECONDS = 15 * 60
const LIFE_SECONDS = 8 * 3600
/** A fresh second factor counts so long. */
const STRONG_SECONDS = 5 * 60
/** A request is written down at most so often: a page asks many times a second. */
const SEEN_EVERY_SECONDS = 30
/** Of one person; the oldest ends. */
const AT_ONCE = 5

/** A person at a browser, and what is open to it. */
export interface SessionPerson extends Person {
  session: string
  token?: undefined
  /** By an identity provider, which has its second factor too. */
  isProvided: boolean
  must: Restriction | undefined
  strongUntilMs: number | undefined
}

export interface Browser {
  address: string
  agent: string
}

/** What the cookie holds; only its SHA-256 is stored. */
const newToken = () => randomBytes(32).toString('base64url')
const sessionHash = (token: string): string => createHash('sha256').update(token).digest('hex')
const TOKEN = /^[A-Za-z0-9_-]{43}$/

interface Row extends Omit<SessionPerson, 'must' | 'isProvided' | 'strongUntilMs' | 'endsAtMs'> {
  must_change: boolean
  has_factor: boolean
  /** The provider that has opened it; null: a local account. */
  issuer: string | null
  strong_at: Date | null
  ends_at: Date
  /** Seconds since the last request that was written down. */
  unseen: number
}

export class Sessions {
  constructor(
    private readonly pool: Pool,
    private readonly nowMs: () => number = Date.now,
  ) {}

  /**
   * Whose cookie this is; undefined: nobody's any more. Rights are those of this moment: a role that was taken away counts at the next
   * request. `background`: the page has asked by itself, which keeps no session alive.
   */
  async find(token: string, { background = false } = {}): Promise<SessionPerson | undefined> {
    if (!TOKEN.test(token)) return undefined
    const { rows } = await this.pool.query<Row>({
      name: 'session',
      text: `SELECT s.id AS session, p.id, p.login, p.name, p.branch, p.roles, p.language, s.strong_at, s.ends_at, s.issuer,
          extract(epoch FROM now() - s.seen_at)::float AS unseen,
          coalesce((SELECT w.must_change FROM person_password w WHERE w.person = p.id), false) AS must_change,
          ${HAS_FACTOR} AS has_factor,
          ARRAY(SELECT DISTINCT unnest(r.scopes) FROM role r WHERE r.code = ANY (p.roles)) AS scopes
        FROM session s JOIN person p ON p.id = s.person
        WHERE s.hash = $1 AND s.ended_at IS NULL AND s.ends_at > now() AND s.seen_at > now() - interval '1 second' * $2 AND p.status = 'active'`,
      values: [sessionHash(token), IDLE_SECONDS],
    })
    const row = rows[0]
    if (row === undefined) return undefined
    if (!background && row.unseen > SEEN_EVERY_SECONDS)
      await this.pool.query('UPDATE session SET seen_at = now() WHERE id = $1 AND ended_at IS NULL', [row.session])
    return this.personOf(row)
  }

  /** A new one; the cookie's text is seen this once. `strong`: with a second factor. */
  async begin(db: PoolClient, person: string, browser: Browser, strong: boolean): Promise<string> {
    // Two beginnings at once wait here, so that neither leaves one too many.
    await db.query('SELECT FROM person WHERE id = $1 FOR UPDATE', [person])
    await db.query(
      `UPDATE session SET ended_at = now(), ended_because = 'too many' WHERE id IN (
         SELECT id FROM session WHERE person = $1 AND ended_at IS NULL ORDER BY seen_at DESC OFFSET $2)`,
      [person, AT_ONCE - 1],
    )
    const token = newToken()
    await db.query(
      `INSERT INTO session (id, hash, person, ends_at, strong_at, address, agent)
       VALUES ($1, $2, $3, now() + interval '1 second' * $4, CASE WHEN $5 THEN now() END, $6, $7)`,
      [
        `s-${randomBytes(9).toString('base64url')}`,
        sessionHash(token),
        person,
        LIFE_SECONDS,
        strong,
        browser.address,
        browser.agent.slice(0, 200),
      ],
    )
    return token
  }

  /** In place of one that ends: what somebody may have seen of the old one opens nothing. It ends when the old one would have. */
  async renew(db: PoolClient, session: string, browser: Browser): Promise<string> {
    const { rows } = await db.query<{
      person: string
      ends_at: Date
      issuer: string | null
      provider_session: string | null
    }>(
      `UPDATE session SET ended_at = now(), ended_because = 'renewed' WHERE id = $1 AND ended_at IS NULL
       RETURNING person, ends_at, issuer, provider_session`,
      [session],
    )
    if (rows[0] === undefined) throw new LijianError('unauthenticated', 'This session has ended: sign in again')
    const token = await this.begin(db, rows[0].person, browser, true)
    const { ends_at, issuer, provider_session } = rows[0]
    await db.query('UPDATE session SET ends_at = $2, issuer = $3, provider_session = $4 WHERE hash = $1', [
      sessionHash(token),
      ends_at,
      issuer,
      provider_session,
    ])
    return token
  }

  /** Of this person only; ending what has ended changes nothing. Throws LijianError not_found. */
  async end(person: string, session: string): Promise<void> {
    const { rowCount } = await this.pool.query(
      `UPDATE session SET ended_at = coalesce(ended_at, now()), ended_because = coalesce(ended_because, 'signed out') WHERE id = $1 AND person = $2`,
      [session, person],
    )
    if (rowCount === 0) throw new LijianError('not_found', `You have no session ${session}`)
  }

  async list(person: string, current: string): Promise<SessionList> {
    const { rows } = await this.pool.query<
      { id: string; address: string; agent: string } & Record<'started_at' | 'seen_at' | 'ends_at', Date>
    >(
      `SELECT id, started_at, seen_at, ends_at, address, agent FROM session
       WHERE person = $1 AND ended_at IS NULL AND ends_at > now() AND seen_at > now() - interval '1 second' * $2 ORDER BY seen_at DESC`,
      [person, IDLE_SECONDS],
    )
    return {
      sessions: rows.map(({ id, address, agent, started_at, seen_at, ends_at }) => ({
        id,
        current: id === current,
        startedAt: started_at.toISOString(),
        seenAt: seen_at.toISOString(),
        endsAt: ends_at.toISOString(),
        address,
        agent,
      })),
    }
  }

  /** All of a person but one, such as when the password has changed. */
  async endOthers(db: Pick<Pool, 'query'>, person: string, kept: string, because: string): Promise<void> {
    await db.query(
      'UPDATE session SET ended_at = now(), ended_because = $3 WHERE person = $1 AND id <> $2 AND ended_at IS NULL',
      [person, kept, because],
    )
  }

  inTransaction<T>(work: (db: PoolClient) => Promise<T>): Promise<T> {
    return inTransaction(this.pool, work)
  }

  /** Of a session that has just begun: which provider has opened it, and since when it is strong. */
  async fromProvider(
    db: PoolClient,
    token: string,
    {
      issuer,
      providerSession,
      strongAt,
    }: { issuer: string; providerSession: string | undefined; strongAt: Date | undefined },
  ): Promise<void> {
    await db.query(
      'UPDATE session SET issuer = $2, provider_session = $3, strong_at = CASE WHEN $4::timestamptz < now() THEN $4 WHEN $4 IS NOT NULL THEN now() END WHERE hash = $1',
      [sessionHash(token), issuer, providerSession, strongAt],
    )
  }

  private personOf({ must_change, has_factor, strong_at, ends_at, issuer, unseen: _, ...row }: Row): SessionPerson {
    const isProvided = issuer !== null
    const must = isProvided ? undefined : must_change ? 'password' : has_factor ? undefined : 'second_factor'
    const strongUntilMs = strong_at === null ? undefined : strong_at.getTime() + STRONG_SECONDS * 1000
    return {
      ...row,
      isProvided,
      scopes: must === undefined ? openedBy(row.scopes) : [],
      must,
      strongUntilMs: strongUntilMs !== undefined && strongUntilMs > this.nowMs() ? strongUntilMs : undefined,
      endsAtMs: ends_at.getTime(),
    }
  }
}

/** Ended ones are kept for those who look into what happened. A session ends within eight hours of its beginning, and `ends_at` has an index. */
const KEPT_DAYS = 90
const ROWS_AT_ONCE = 10_000

/** Removes sessions that ended long ago, by parts; and what an identity provider or a passkey has left behind. */
export async function sweepSessions(db: Pick<Pool, 'query'>): Promise<number> {
  await db.query(`DELETE FROM oidc_attempt WHERE made_at < now() - interval '1 day'`)
  await db.query(`DELETE FROM oidc_logout WHERE at < now() - interval '1 day'`)
  await db.query(`DELETE FROM passkey_challenge WHERE made_at < now() - interval '1 day'`)
  let swept = 0
  for (;;) {
    const { rowCount } = await db.query(
      `DELETE FROM session WHERE id IN (SELECT id FROM session WHERE ends_at < now() - interval '1 day' * $1 LIMIT $2)`,
      [KEPT_DAYS, ROWS_AT_ONCE],
    )
    swept += rowCount ?? 0
    if ((rowCount ?? 0) < ROWS_AT_ONCE) return swept
  }
}
