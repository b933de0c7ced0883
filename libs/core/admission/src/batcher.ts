import { LijianError } from '@lijian/contracts/system'
import {
  applyBatch,
  isDatabaseAway,
  isDecideAgain,
  loadReverses,
  loadRoutes,
  loadTransactions,
  type Applied,
  type Key,
} from '@lijian/database'
import type { ClientBase, Pool } from 'pg'
import { BatchView, keyOf, type Finish } from './batch-view'
import type { DatabaseClock } from './database-clock'
import { BatchMemory, type Memory } from './memory'

/** One request on its way through a batch. */
export interface Work<T> {
  /** Rows that must be known, not assumed, before deciding. */
  transactions?: Key[]
  reverses?: Key[]
  routes?: Key[]
  /** Decides against the view; throws LijianError before it has changed anything. */
  decide: (view: BatchView) => Finish<T>
  /** Nobody waits for it any more: it is dropped before it is decided. */
  abandoned?: () => boolean
}

export interface BatcherOptions {
  pool: Pool
  memory: Memory
  clock: DatabaseClock
  day: { timeZone: string; cutOff: string }
  batchMax: number
  waitingMax: number
  onBatch?: (size: number, ms: number, tries: number) => void
}

interface Waiting {
  work: Work<unknown>
  resolve: (value: unknown) => void
  reject: (error: unknown) => void
}

type Decided = { finish: Finish<unknown> } | { error: unknown }

const BATCHES_UNDER_WAY = 2
const LOCKED_TRIES = 8
const PROBE_EVERY_MS = 200

/**
 * All changes of this process travel through one batcher: what arrives while batches commit travels in the next. No timer: idle adds
 * no latency, busy pays one COMMIT for many. Two batches may be under way, so that one is decided while the other commits; the
 * second is decided on what the first is expected to leave, and its guards find out. See docs/explanation/one-mechanism.md, "One mechanism".
 */
export class Batcher {
  private waiting: Waiting[] = []
  private batches = 0
  private scheduled = false
  private away = false
  private closed = false

  constructor(private readonly options: BatcherOptions) {}

  /** PostgreSQL did not answer the last time it was asked. */
  get isAway(): boolean {
    return this.away
  }

  get waitingCount(): number {
    return this.waiting.length
  }

  run<T>(work: Work<T>): Promise<T> {
    if (this.away || this.closed) return Promise.reject(new LijianError('unavailable', 'PostgreSQL is away'))
    if (this.waiting.length >= this.options.waitingMax)
      return Promise.reject(new LijianError('unavailable', 'Too many requests are waiting'))
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ work, resolve: resolve as (value: unknown) => void, reject })
      this.schedule()
    })
  }

  /** Waits until nothing is under way; nothing more is accepted. */
  async close(): Promise<void> {
    this.closed = true
    while (this.batches > 0 || this.waiting.length > 0) await new Promise((resolve) => setTimeout(resolve, 5))
  }

  /** Everything that arrives in this turn of the event loop travels together. */
  private schedule(): void {
    if (this.scheduled || this.batches >= BATCHES_UNDER_WAY || this.waiting.length === 0) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      void this.runBatch()
      this.schedule()
    })
  }

  private async runBatch(): Promise<void> {
    const batch = this.waiting.splice(0, this.options.batchMax).filter(({ work }) => !work.abandoned?.())
    if (batch.length > 0) {
      this.batches++
      const started = performance.now()
      try {
        const tries = await this.process(batch)
        this.options.onBatch?.(batch.length, performance.now() - started, tries)
      } catch (error) {
        this.fail(batch, error)
      }
      this.batches--
    }
    this.schedule()
  }

  private fail(batch: Waiting[], error: unknown): void {
    this.options.memory.forget()
    const away = isDatabaseAway(error)
    const told = away ? new LijianError('unavailable', 'PostgreSQL is away') : error
    for (const { reject } of batch) reject(told)
    if (away && !this.away) {
      this.away = true
      for (const { reject } of this.waiting.splice(0)) reject(told)
      void this.probe()
    }
  }

  private async probe(): Promise<void> {
    while (this.away && !this.closed) {
      await new Promise((resolve) => setTimeout(resolve, PROBE_EVERY_MS).unref())
      try {
        await this.options.pool.query('SELECT 1')
        this.away = false
      } catch {
        // still away: what arrives meanwhile is answered at once
      }
    }
  }

  private async process(batch: Waiting[]): Promise<number> {
    const { pool } = this.options
    const memory = new BatchMemory(this.options.memory)
    await this.options.clock.asked(pool)
    await this.load(pool, batch, memory)
    for (let tries = 1; tries <= 2; tries++) {
      try {
        const done = await this.attempt(pool, batch, memory)
        if (done) {
          this.answer(batch, done)
          return tries
        }
      } catch (error) {
        if (!isDecideAgain(error)) throw error
      }
    }
    return 2 + (await this.locked(batch))
  }

  /**
   * The second way, when others keep changing the same rows: inside one database transaction a stale answer keeps its locks, so
   * what is decided next holds. Each round can only meet rows it has not locked yet.
   */
  private async locked(batch: Waiting[]): Promise<number> {
    for (let tries = 1; ; tries++) {
      const client = await this.options.pool.connect()
      let broken: Error | undefined
      try {
        await client.query('BEGIN')
        const memory = new BatchMemory(this.options.memory)
        await this.load(client, batch, memory)
        for (let round = 0; round < LOCKED_TRIES; round++) {
          const done = await this.attempt(client, batch, memory)
          if (!done) continue
          await client.query('COMMIT')
          this.answer(batch, done)
          return tries
        }
        throw new Error(`a batch of ${batch.length} stayed stale ${LOCKED_TRIES} times under lock`)
      } catch (error) {
        broken = isDatabaseAway(error) ? (error as Error) : undefined
        await client.query('ROLLBACK').catch((failed: Error) => (broken = failed))
        if (!isDecideAgain(error) || tries >= LOCKED_TRIES) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * tries))
      } finally {
        client.release(broken)
      }
    }
  }

  /** Decides the batch and applies it; undefined: it was stale, and memory has learnt what is different. */
  private async attempt(db: Pool | ClientBase, batch: Waiting[], memory: BatchMemory): Promise<Done | undefined> {
    const view = new BatchView(memory)
    const decided = batch.map(({ work }) => decide(work, view))
    if (view.isEmpty()) return { view, decided, applied: null }
    this.options.memory.expectCounters(view.counters.after())
    const applied = await applyBatch(db as ClientBase, view.batch(), this.options.day)
    this.options.clock.hear(applied.nowMs)
    if (!applied.stale) return { view, decided, applied }
    memory.learnTransactions(applied.transactions, [])
    memory.learnRoutes(applied.routes, [])
    memory.learnCounters(
      applied.counters,
      view.counters.changes().map(({ key }) => key),
    )
    this.options.memory.learnSuspended(applied.suspended)
    await loadReversesOf(db, batch, memory)
    return undefined
  }

  private answer(batch: Waiting[], { view, decided, applied }: Done): void {
    const businessDate = applied?.businessDate ?? null
    if (applied) {
      const rows = view
        .written()
        .map(({ row, dated }) => (dated ? { ...row, businessDate: row.businessDate ?? businessDate } : row))
      this.options.memory.learnRows(rows)
      this.options.memory.learnRoutes(view.writtenRoutes())
      this.options.memory.learnCounters(applied.counters)
    }
    for (const [i, { resolve, reject }] of batch.entries()) {
      const one = decided[i]!
      if ('error' in one) reject(one.error)
      else
        try {
          resolve(one.finish(businessDate, applied?.usages ?? []))
        } catch (error) {
          reject(error)
        }
    }
  }

  private async load(db: Pool | ClientBase, batch: Waiting[], memory: BatchMemory): Promise<void> {
    memory.pinTransactions(batch.flatMap(({ work }) => (work.reverses && work.transactions) ?? []))
    const transactions = unique(batch.flatMap(({ work }) => work.transactions ?? [])).filter(
      ({ client, serial }) => memory.transaction(keyOf(client, serial)) === undefined,
    )
    const routes = unique(batch.flatMap(({ work }) => work.routes ?? [])).filter(
      ({ client, serial }) => memory.route(keyOf(client, serial)) === undefined,
    )
    if (transactions.length > 0) memory.learnTransactions(await loadTransactions(db, transactions), transactions)
    if (routes.length > 0) memory.learnRoutes(await loadRoutes(db, routes), routes)
    await loadReversesOf(db, batch, memory)
  }
}

interface Done {
  view: BatchView
  decided: Decided[]
  applied: Extract<Applied, { stale: false }> | null
}

/** After the transactions that they undo, and again whenever those turn out to be newer. */
async function loadReversesOf(db: Pool | ClientBase, batch: Waiting[], memory: BatchMemory): Promise<void> {
  const reverses = unique(batch.flatMap(({ work }) => work.reverses ?? []))
  if (reverses.length > 0) memory.learnReverses(await loadReverses(db, reverses))
}

function decide(work: Work<unknown>, view: BatchView): Decided {
  try {
    return { finish: work.decide(view) }
  } catch (error) {
    return { error }
  }
}

function unique(keys: Key[]): Key[] {
  return [...new Map(keys.map((key) => [keyOf(key.client, key.serial), key])).values()]
}
