import { LijianError } from '@lijian/contracts/system'
import {
  applyBatch,
  isBadText,
  isConnectionLost,
  isDecideAgain,
  isLocked,
  isTooSlow,
  loadReverses,
  loadRoutes,
  loadTransactions,
  codeOf,
  lockedRows,
  nameOf,
  refusalOf,
  writeParted,
  type Applied,
  type LockableRow,
} from '@lijian/database'
import type { ClientBase } from 'pg'
import type { Aside } from './aside'
import { BatchView, keyOf } from './batch-view'
import type { DatabaseClock } from './database-clock'
import { BatchMemory, type Memory } from './memory'
import { decide, rowsOf, unique, type Decided, type Waiting } from './work'

export interface CarrierOptions {
  memory: Memory
  clock: DatabaseClock
  day: { timeZone: string; cutOff: string }
  /** Where a decision waits for a row that somebody else keeps locked. */
  aside: Aside<Waiting>
  /** Just before a batch is answered. */
  onBatch?: (size: number, ms: number, tries: number) => void
}

interface Done {
  view: BatchView
  decided: Decided[]
  applied: Extract<Applied, { stale: false }> | null
}

const LOCKED_TRIES = 8
const SQLSTATE = /^[0-9A-Z]{5}$/

/** No fault of any decision: the whole batch is told so. */
export const isNobodysFault = (error: unknown): boolean => isConnectionLost(error) || isTooSlow(error)

/** Carries one batch over one connection: decided, applied, decided again when something was stale; whoever spoils it for the others is taken out. */
export class Carrier {
  constructor(private readonly options: CarrierOptions) {}

  /**
   * Answers everyone, or sets aside who meets a locked row. Throws what is nobody's fault: who is not answered yet is told so.
   * `isTurn`: these have waited aside, and now it is their turn.
   */
  async carry(client: ClientBase, batch: readonly Waiting[], isTurn = false): Promise<void> {
    const write = (part: readonly Waiting[]) => this.pastLocks(client, part, isTurn)
    const refused = await writeParted(batch, write, isNobodysFault)
    for (const { item, error } of refused) item.reject(refusal(error))
  }

  /** Without those whose row somebody keeps locked: they would hold up all the others. */
  private async pastLocks(client: ClientBase, batch: readonly Waiting[], isTurn: boolean): Promise<void> {
    const { aside } = this.options
    const memory = new BatchMemory(this.options.memory)
    let going: readonly Waiting[] = []
    try {
      await this.options.clock.asked(client)
      await this.load(client, batch, memory)
      going = isTurn || aside.isEmpty ? batch : batch.filter((one) => !aside.takes(one, rowsOf(one.work, memory)))
      return going.length === 0 ? undefined : await this.decided(client, going, memory)
    } catch (error) {
      if (!isLocked(error)) throw error
    }
    // Not even read: somebody has locked a whole table.
    if (going.length === 0) return aside.addUnknown(batch)
    const rows = going.map(({ work }) => rowsOf(work, memory))
    aside.lock(await this.locked(client, rows.flat()))
    const rest = going.filter((one, i) => !aside.takes(one, rows[i]!))
    if (rest.length === going.length) aside.addUnknown(rest)
    else if (rest.length > 0) await this.pastLocks(client, rest, isTurn)
  }

  /** Which of these rows somebody keeps locked, as far as PostgreSQL can tell. */
  async locked(client: ClientBase, rows: readonly LockableRow[]): Promise<LockableRow[]> {
    if (rows.length === 0) return []
    try {
      return await lockedRows(client, [...new Map(rows.map((row) => [nameOf(row), row])).values()])
    } catch (error) {
      if (isLocked(error)) return []
      throw error
    }
  }

  private async decided(client: ClientBase, batch: readonly Waiting[], memory: BatchMemory): Promise<void> {
    const startedMs = performance.now()
    const tell = (done: Done, tries: number) => {
      this.options.onBatch?.(batch.length, performance.now() - startedMs, tries)
      this.answer(batch, done)
    }
    for (let tries = 1; tries <= 2; tries++) {
      try {
        const done = await this.attempt(client, batch, memory)
        if (done) return tell(done, tries)
      } catch (error) {
        if (!isDecideAgain(error)) throw error
      }
    }
    const { done, tries } = await this.underLock(client, batch)
    tell(done, 2 + tries)
  }

  /**
   * The second way, when others keep changing the same rows: inside one database transaction a stale answer keeps its locks, so
   * what is decided next holds. Each round can only meet rows it has not locked yet.
   */
  private async underLock(client: ClientBase, batch: readonly Waiting[]): Promise<{ done: Done; tries: number }> {
    for (let tries = 1; ; tries++) {
      try {
        await client.query('BEGIN')
        const memory = new BatchMemory(this.options.memory)
        await this.load(client, batch, memory)
        for (let round = 0; round < LOCKED_TRIES; round++) {
          const done = await this.attempt(client, batch, memory)
          if (!done) continue
          await client.query('COMMIT')
          return { done, tries }
        }
        throw new Error(`a batch of ${batch.length} stayed stale ${LOCKED_TRIES} times under lock`)
      } catch (error) {
        if (isConnectionLost(error)) throw error
        await client.query('ROLLBACK')
        if (!isDecideAgain(error) || tries >= LOCKED_TRIES) throw error
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * tries))
      }
    }
  }

  /** Decides the batch and applies it; undefined: it was stale, and memory has learnt what is different. */
  private async attempt(client: ClientBase, batch: readonly Waiting[], memory: BatchMemory): Promise<Done | undefined> {
    const { view, decided } = decideAll(batch, memory)
    if (view.isEmpty()) return { view, decided, applied: null }
    const expected = view.counters.after()
    this.options.memory.expectCounters(expected)
    const applied = await applyBatch(client, view.batch(), this.options.day).catch((error: unknown) => {
      this.options.memory.forgetCounters(expected.keys())
      throw error
    })
    this.options.clock.hear(applied.nowMs)
    if (!applied.stale) return { view, decided, applied }
    memory.learnTransactions(applied.transactions, [])
    memory.learnRoutes(applied.routes, [])
    memory.learnCounters(
      applied.counters,
      view.counters.changes().map(({ key }) => key),
    )
    this.options.memory.learnSuspended(applied.suspended)
    await loadReversesOf(client, batch, memory)
    return undefined
  }

  private answer(batch: readonly Waiting[], { view, decided, applied }: Done): void {
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

  private async load(db: ClientBase, batch: readonly Waiting[], memory: BatchMemory): Promise<void> {
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

/** After the transactions that they undo, and again whenever those turn out to be newer. */
async function loadReversesOf(db: ClientBase, batch: readonly Waiting[], memory: BatchMemory): Promise<void> {
  const reverses = unique(batch.flatMap(({ work }) => work.reverses ?? []))
  if (reverses.length > 0) memory.learnReverses(await loadReverses(db, reverses))
}

/** A refusal has changed nothing. Whatever else was thrown may have: then the others are decided on a view that it has never seen. */
function decideAll(batch: readonly Waiting[], memory: BatchMemory): { view: BatchView; decided: Decided[] } {
  const spoilers = new Map<Waiting, Decided>()
  for (;;) {
    const view = new BatchView(memory)
    const decided = batch.map((one) => spoilers.get(one) ?? decide(one.work, view))
    const before = spoilers.size
    for (const [i, one] of decided.entries())
      if ('error' in one && !(one.error instanceof LijianError)) spoilers.set(batch[i]!, one)
    if (spoilers.size === before) return { view, decided }
  }
}

/** What the guilty one is told. PostgreSQL's own sentence may show data, so it goes no further. */
function refusal(error: unknown): unknown {
  if (isBadText(error))
    return new LijianError(
      'invalid_request',
      'A text has a character that cannot be stored: U+0000, or half of a surrogate pair',
    )
  const code = codeOf(error) ?? ''
  if (code.startsWith('40')) return new LijianError('unavailable', 'Others keep changing the same rows: send it again')
  return SQLSTATE.test(code) ? new Error(`PostgreSQL refused a decision: ${refusalOf(error)}`) : error
}
