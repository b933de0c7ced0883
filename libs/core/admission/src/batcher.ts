import { LijianError } from '@lijian/contracts/system'
import { isConnectionLost } from '@lijian/database'
import type { ClientBase, Pool, PoolClient } from 'pg'
import { Aside, type Group } from './aside'
import { Carrier, isNobodysFault } from './carrier'
import type { DatabaseClock } from './database-clock'
import type { Memory } from './memory'
import { PerhapsCommitted } from './perhaps-committed'
import { untilItAnswers } from './probe'
import type { Waiting, Work } from './work'

export interface BatcherOptions {
  databaseUrl: string
  pool: Pool
  memory: Memory
  clock: DatabaseClock
  day: { timeZone: string; cutOff: string }
  batchMax: number
  waitingMax: number
  onBatch?: (size: number, ms: number, tries: number) => void
}

const BATCHES_UNDER_WAY = 2
/** After a lost connection PostgreSQL is asked on others; without an answer by then it is away, and nobody waits for it. */
const ASK_MS = 500
/** How long a decision waits for a connection or for a locked row; a payment's own deadline is far shorter. */
const PATIENCE_MS = 10_000
const LOOK_MS = 25
const CLOSE_MS = 8000

const away = () => new LijianError('unavailable', 'PostgreSQL is away')

/**
 * All changes of this process travel through one batcher: what arrives while batches commit travels in the next. No timer: idle adds
 * no latency, busy pays one COMMIT for many. Two batches may be under way, so that one is decided while the other commits; the
 * second is decided on what the first is expected to leave, and its guards find out. See docs/explanation/one-mechanism.md, "One mechanism".
 */
export class Batcher {
  private waiting: Waiting[] = []
  private batches = 0
  private scheduled = false
  private closed = false
  private isLooking = false
  private readonly aside = new Aside<Waiting>()
  private readonly carrier: Carrier
  /** While PostgreSQL is asked whether it is there. No batch starts meanwhile. */
  private question: AbortController | undefined
  private noAnswer = false

  constructor(private readonly options: BatcherOptions) {
    const { memory, clock, day, onBatch } = options
    this.carrier = new Carrier({ memory, clock, day, aside: this.aside, onBatch })
  }

  /** PostgreSQL did not answer the last time it was asked. */
  get isAway(): boolean {
    return this.noAnswer
  }

  get waitingCount(): number {
    return this.waiting.length + this.aside.count
  }

  run<T>(work: Work<T>): Promise<T> {
    if (this.noAnswer || this.closed) return Promise.reject(away())
    if (this.waitingCount >= this.options.waitingMax)
      return Promise.reject(new LijianError('unavailable', 'Too many requests are waiting'))
    return new Promise<T>((resolve, reject) => {
      this.waiting.push({ work, sinceMs: performance.now(), resolve: resolve as (value: unknown) => void, reject })
      this.schedule()
    })
  }

  /** Waits until nothing is under way; nothing more is accepted. What PostgreSQL does not take in that time is refused. */
  async close(): Promise<void> {
    this.closed = true
    const untilMs = performance.now() + CLOSE_MS
    while ((this.batches > 0 || this.isLooking || this.waitingCount > 0) && performance.now() < untilMs)
      await new Promise((resolve) => setTimeout(resolve, 5))
    this.refuseAll()
    this.question?.abort()
  }

  /** Everything that arrives in this turn of the event loop travels together. */
  private schedule(): void {
    if (this.scheduled || this.question || this.batches >= BATCHES_UNDER_WAY || this.waiting.length === 0) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      void this.runBatch()
      this.schedule()
    })
  }

  private async runBatch(): Promise<void> {
    const batch = this.waiting.splice(0, this.options.batchMax).filter(isWaitedFor)
    if (batch.length > 0) {
      this.batches++
      const client = await this.checkOut(batch)
      // A new connection may have taken longer than somebody waits.
      if (client) client.release(await this.carry(client, batch.filter(isWaitedFor)))
      this.batches--
    }
    this.lookAside()
    this.schedule()
  }

  /** Undefined: there is none to be had now. Nothing was sent, so the batch waits on as if it had never left. */
  private async checkOut(batch: readonly Waiting[]): Promise<PoolClient | undefined> {
    try {
      return await this.options.pool.connect()
    } catch (error) {
      if (!isConnectionLost(error)) for (const { reject } of batch) reject(error)
      else {
        this.putBack(batch)
        this.ask()
      }
      return undefined
    }
  }

  private putBack(batch: readonly Waiting[]): void {
    const tooLateMs = performance.now() - PATIENCE_MS
    const alive = batch.filter(isWaitedFor)
    for (const { reject, sinceMs } of alive) if (sinceMs < tooLateMs) reject(away())
    this.waiting.unshift(...alive.filter(({ sinceMs }) => sinceMs >= tooLateMs))
  }

  /** Answers the batch, whatever happens. Returns why the connection can be used no more. */
  private async carry(client: ClientBase, batch: readonly Waiting[], isTurn = false): Promise<Error | undefined> {
    try {
      await this.carrier.carry(client, batch, isTurn)
      return undefined
    } catch (error) {
      this.options.memory.forget()
      const isLost = isConnectionLost(error)
      for (const { reject } of batch) reject(isLost ? new PerhapsCommitted() : toldOf(error))
      if (!isLost) return undefined
      this.ask()
      return error as Error
    }
  }

  /** One broken connection is not PostgreSQL away: others are asked before anybody is refused. */
  private ask(): void {
    if (this.question) return
    const { databaseUrl, pool } = this.options
    const { signal } = (this.question = new AbortController())
    const giveUp = () => {
      this.noAnswer = !signal.aborted
      this.refuseAll()
    }
    const timer = setTimeout(giveUp, ASK_MS).unref()
    void untilItAnswers({ databaseUrl, pool, signal, onRefused: giveUp }).then(() => {
      clearTimeout(timer)
      this.question = undefined
      this.noAnswer = false
      this.lookAside()
      this.schedule()
    })
  }

  private refuseAll(): void {
    for (const { reject } of [...this.waiting.splice(0), ...this.aside.clear()]) reject(away())
  }

  /** Looks after what waits for locked rows, one round after the other, beside the batches. */
  private lookAside(): void {
    if (this.isLooking || this.question || this.aside.isEmpty) return
    this.isLooking = true
    setTimeout(() => {
      void this.tryAside().finally(() => {
        this.isLooking = false
        this.lookAside()
        this.schedule()
      })
    }, LOOK_MS).unref()
  }

  private async tryAside(): Promise<void> {
    const tooLateMs = performance.now() - PATIENCE_MS
    this.aside.drop((one) => !isWaitedFor(one))
    for (const { reject } of this.aside.drop(({ sinceMs }) => sinceMs < tooLateMs))
      reject(new LijianError('unavailable', 'A row that this changes stays locked: send it again'))
    if (this.aside.isEmpty) return
    const client = await this.checkOut([])
    if (!client) return
    let broken: Error | undefined
    try {
      const locked = await this.carrier.locked(client, this.aside.rows)
      for (const group of this.aside.due(locked)) broken ??= await this.tryGroup(client, group)
      const unknown = this.aside.takeUnknown()
      if (unknown.length > 0) broken ??= await this.carry(client, unknown, true)
    } catch (error) {
      broken = error as Error
      this.ask()
    }
    client.release(broken)
  }

  private async tryGroup(client: ClientBase, group: Group<Waiting>): Promise<Error | undefined> {
    group.again = false
    const batch = group.works.splice(0, this.options.batchMax)
    const broken = batch.length === 0 ? undefined : await this.carry(client, batch, true)
    if (!group.again) this.waiting.unshift(...this.aside.release(group))
    return broken
  }
}

const toldOf = (error: unknown) =>
  isNobodysFault(error) ? new LijianError('unavailable', 'PostgreSQL did not answer') : error

const isWaitedFor = ({ work }: Waiting): boolean => !work.abandoned?.()
