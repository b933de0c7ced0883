import { hash } from 'node:crypto'
import { openedBy, type Scope } from '@lijian/contracts/people'
import { LIMITS, steadyPool, type Limits } from '@lijian/database'
import { ReadingAgain } from '@lijian/live-config'
import type { Pool } from 'pg'
import type { TokenPerson } from './persons/person'
import type { SessionPerson } from './persons/sessions'
import { noteUse, readTokens } from './persons/tokens'
import { TokenBucket } from './token-bucket'

/** Who asks: an API key and the client it belongs to, or a person, at a browser or by a token; and what may be done. */
export interface Principal {
  /** Of the key, or of the person whichever way it asks: what stands as maker and checker. */
  keyId: string
  person?: SessionPerson | TokenPerson
  /** Of the person behind it; undefined: a machine, which sees every branch. */
  branch?: string | undefined
  client: string
  scopes: ReadonlySet<Scope>
  deadlineMs: number | undefined
  /** A success may leave "paid" out. */
  mayOmitPaid: boolean
  /** What it numbers itself passes for card numbers by chance. */
  serialsMayLookLikeCards: boolean
  /** The client has a webhook that waits for final states. */
  notify: boolean
  bucket: TokenBucket
  /** Of everything but payments, for a scope of this key. */
  bucketOf: (scope: Scope) => TokenBucket
}

export interface KeyRingOptions {
  databaseUrl: string
  /** Of a client. */
  ratePerSecond: number
  /** Of a key and scope, for everything but payments. */
  peopleRatePerSecond: number
  onError: (error: unknown) => void
  /** Keys that were read longer ago open the door for payments only. Default 30 s. */
  staleAfterMs?: number
  /** Keys are read whole so often, also when nobody has said that one changed. Default 10 s. */
  wholeEveryMs?: number
  limits?: Limits
}

/** What a person has in place of a client. */
export const NO_CLIENT = {
  client: '',
  deadlineMs: undefined,
  mayOmitPaid: false,
  serialsMayLookLikeCards: false,
  notify: false,
} as const

const POLL_MS = 1000
const KEY_LENGTH_MAX = 256
/** With the second until the next look a revoked key is refused within 5 s once PostgreSQL answers again. */
const READ_WITHIN_MS = 3000
const STALE_AFTER_MS = 30_000
/** A row changed by hand in the database leaves no config_change. */
const WHOLE_EVERY_MS = 10_000
/** Payments go on without PostgreSQL, for they get no offer then; but not for ever. */
const PAYMENTS_TIMES = 10
/** Attempts of READ_WITHIN_MS that fit into the time which a connection may take, so that there is always one for the next attempt. */
export const KEY_CONNECTIONS = { name: 'lijian-keys', max: 4 } as const

interface KeyRow {
  id: string
  client: string
  hash: string
  scopes: Scope[]
  deadline: number | null
  notify: boolean
  rate: number | null
  omits: boolean
  looks: boolean
  branch: string | null
}

/** Every valid key in memory by its SHA-256, so that checking one costs no disk. A revoked key is refused everywhere within a second. */
export class KeyRing {
  private principals = new Map<string, Principal>()
  private ofTokens = new Map<string, Principal>()
  /** Tokens that were shown since the last look. */
  private readonly used = new Set<string>()
  private readonly buckets = new Map<string, TokenBucket>()
  private lastChange = -1
  private wholeAtMs = -Infinity
  private readonly pool: Pool
  private readonly reading: ReadingAgain
  private readonly staleAfterMs: number

  constructor(private readonly options: KeyRingOptions) {
    const { databaseUrl, onError, limits = LIMITS.polls } = options
    this.staleAfterMs = options.staleAfterMs ?? STALE_AFTER_MS
    // Its own: whoever waits for a connection of people's must not keep a revoked key alive.
    this.pool = steadyPool(databaseUrl, { ...KEY_CONNECTIONS, limits })
    this.reading = new ReadingAgain({
      read: (isCurrent) => this.read(isCurrent),
      everyMs: POLL_MS,
      limitMs: READ_WITHIN_MS,
      onError,
    })
  }

  start(): Promise<void> {
    return this.reading.start()
  }

  async stop(): Promise<void> {
    await this.reading.stop()
    await this.pool.end()
  }

  find(key: string): Principal | undefined {
    // No longer text is worth a hash.
    if (key.length > KEY_LENGTH_MAX) return undefined
    const digest = hash('sha256', key, 'hex')
    return this.principals.get(digest) ?? this.byToken(digest)
  }

  private byToken(digest: string): Principal | undefined {
    const found = this.ofTokens.get(digest)
    if (found !== undefined) this.used.add(found.person!.token!)
    return found
  }

  get ageMs(): number {
    return this.reading.ageMs
  }

  /** Whether keys were read lately enough to open a door: nobody knows of what was revoked since. */
  isFreshFor(anyOf: readonly Scope[]): boolean {
    const trustedMs = anyOf.includes('transactions') ? this.staleAfterMs * PAYMENTS_TIMES : this.staleAfterMs
    return this.reading.ageMs <= trustedMs
  }

  /** Reads clients and keys again if any of them has changed. */
  refresh(): Promise<void> {
    return this.reading.refresh()
  }

  private async read(isCurrent: () => boolean): Promise<void> {
    const changes = await this.pool.query<{ newest: number }>(
      `SELECT coalesce(max(id), 0) AS newest FROM config_change WHERE kind = 'client'`,
    )
    const newest = Number(changes.rows[0]!.newest)
    // Each time: a role that was taken away and a person that was disabled leave no change of a key.
    const tokens = await readTokens(this.pool)
    if (isCurrent()) this.ofTokens = new Map([...tokens].map(([digest, person]) => [digest, this.ofToken(person)]))
    this.noteUse()
    const nowMs = performance.now()
    if (newest === this.lastChange && nowMs - this.wholeAtMs < (this.options.wholeEveryMs ?? WHOLE_EVERY_MS)) return
    const { rows } = await this.pool.query<KeyRow>(
      `SELECT k.id, k.client, k.hash, k.scopes, c.deadline_ms AS deadline, c.webhook_url IS NOT NULL AS notify, c.rate_per_second AS rate,
         c.may_omit_paid AS omits, c.serials_may_look_like_cards AS looks,
         (SELECT p.branch FROM person p WHERE p.id = k.person) AS branch
       FROM api_key k JOIN client c ON c.code = k.client WHERE k.revoked_at IS NULL`,
    )
    if (!isCurrent()) return
    this.principals = new Map(rows.map((row) => [row.hash, this.principal(row)]))
    this.lastChange = newest
    this.wholeAtMs = nowMs
  }

  /** Behind what was asked: keys are read all the same, whether it can be written or not. */
  private noteUse(): void {
    if (this.used.size === 0) return
    const tokens = [...this.used]
    this.used.clear()
    noteUse(this.pool, tokens).catch(this.options.onError)
  }

  /** Persons send no payments: they have no client. */
  private ofToken(person: TokenPerson): Principal {
    const { peopleRatePerSecond } = this.options
    return {
      ...NO_CLIENT,
      keyId: person.id,
      scopes: new Set(person.scopes),
      bucket: this.bucket(`token ${person.id}`, peopleRatePerSecond),
      bucketOf: (scope) => this.bucket(`token ${person.id} ${scope}`, peopleRatePerSecond),
      person,
      branch: person.branch,
    }
  }

  private principal({ id, client, scopes, deadline, notify, rate, omits, looks, branch }: KeyRow): Principal {
    return {
      keyId: id,
      client,
      scopes: new Set(openedBy(scopes)),
      deadlineMs: deadline ?? undefined,
      mayOmitPaid: omits,
      serialsMayLookLikeCards: looks,
      notify,
      branch: branch ?? undefined,
      bucket: this.bucket(client, rate ?? this.options.ratePerSecond),
      bucketOf: (scope) => this.bucket(`${id} ${scope}`, this.options.peopleRatePerSecond),
    }
  }

  /** One bucket per client, and per key and scope; kept over a reload, or a change of keys would fill it. */
  private bucket(of: string, ratePerSecond: number): TokenBucket {
    const kept = this.buckets.get(of)
    if (kept?.ratePerSecond === ratePerSecond) return kept
    const bucket = new TokenBucket(ratePerSecond)
    this.buckets.set(of, bucket)
    return bucket
  }
}
