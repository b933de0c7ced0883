import type { RoutingDocument } from '@lijian/contracts/routing'
import { inTransaction, LIMITS, steadyPool, type Limits } from '@lijian/database'
import { ReadingAgain } from '@lijian/live-config'
import { compileRouting, type PoolHealth, type Routing } from '@lijian/selection'
import { LRUCache } from 'lru-cache'
import type { Pool } from 'pg'
import { foldOutcomes } from './fold-outcomes'

export interface LiveRoutingOptions {
  databaseUrl: string
  onError?: (error: unknown) => void
  /** Default: a second. */
  pollMs?: number
  limits?: Limits
}

const POLL_MS = 1000
const READ_WITHIN_MS = 60_000
/** Longer than a fold may take to commit: no change is missed between two readings. */
const OVERLAP_MS = 10_000

/**
 * The routing document in memory, what is suspended beside it, and the success rates of pools; read again once a second. A suspension does not wait for it:
 * admission looks itself. Success rates are folded by whichever process gets to it (`fold-outcomes.ts`) and read by all, so that all agree.
 */
export class LiveRouting {
  private routing: Routing | undefined
  private suspended: ReadonlySet<string> = new Set()
  private readonly healths = new Map<string, PoolHealth>()
  private readonly versions = new LRUCache<number, Routing>({ max: 4 })
  private readonly pool: Pool
  private readonly reading: ReadingAgain
  private readToMs = -Infinity

  constructor(private readonly options: LiveRoutingOptions) {
    const { databaseUrl, onError, limits = LIMITS.reading } = options
    this.pool = steadyPool(databaseUrl, { name: 'lijian-routing', max: 2, limits, onLost: onError })
    this.reading = new ReadingAgain({
      read: (isCurrent) => this.read(isCurrent),
      everyMs: options.pollMs ?? POLL_MS,
      limitMs: READ_WITHIN_MS,
      onError,
    })
  }

  /** Undefined: no document is stored, or none was read yet. */
  current(): Routing | undefined {
    return this.routing
  }

  readonly isSuspended = (ref: string): boolean => this.suspended.has(ref)
  readonly health = (pool: string): PoolHealth | undefined => this.healths.get(pool)

  /** An older version, for a decision that it made; undefined: it was never stored. */
  async version(version: number): Promise<Routing | undefined> {
    if (this.routing?.version === version) return this.routing
    const known = this.versions.get(version)
    if (known !== undefined) return known
    const { rows } = await this.pool.query<{ document: RoutingDocument }>(
      'SELECT document FROM routing_version WHERE version = $1',
      [version],
    )
    const routing = rows[0] && compileRouting(rows[0].document, version)
    if (routing !== undefined) this.versions.set(version, routing)
    return routing
  }

  /** Since what is in memory was right. */
  get ageMs(): number {
    return this.reading.ageMs
  }

  start(): Promise<void> {
    return this.reading.start()
  }

  async stop(): Promise<void> {
    await this.reading.stop()
    await this.pool.end()
  }

  /** Reads what has changed; a call during a reading waits for that one and the next. */
  refresh(): Promise<void> {
    return this.reading.refresh()
  }

  private async read(isCurrent: () => boolean): Promise<void> {
    const { rows } = await this.pool.query<{ version: number; document: RoutingDocument }>(
      'SELECT version, document FROM routing_version WHERE version > $1 ORDER BY version DESC LIMIT 1',
      [this.routing?.version ?? 0],
    )
    const refs = await this.pool.query<{ ref: string }>(`SELECT ref FROM suspension WHERE ref LIKE '@route/%'`)
    const newest = rows[0]
    const routing = newest === undefined ? this.routing : compileRouting(newest.document, newest.version)
    if (!isCurrent()) return
    this.suspended = new Set(refs.rows.map(({ ref }) => ref))
    this.routing = routing
    if (routing === undefined) return
    await inTransaction(this.pool, (db) => foldOutcomes(db, routing))
    await this.readHealth()
  }

  private async readHealth(): Promise<void> {
    const { rows } = await this.pool.query<{ pool: string; state: PoolHealth; at: Date }>(
      `SELECT pool, state, updated_at AS at FROM route_pool_health WHERE updated_at > to_timestamp($1::float8 / 1000)`,
      [Math.max(0, this.readToMs - OVERLAP_MS)],
    )
    for (const { pool, state, at } of rows) {
      this.healths.set(pool, state)
      this.readToMs = Math.max(this.readToMs, at.getTime())
    }
  }
}
