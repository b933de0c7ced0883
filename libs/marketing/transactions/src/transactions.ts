import { answerInTime, keyOf, openAdmission, Undoing, type Admission, type Work } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { RefundAnswer, ReverseAnswer, TransactionAnswer } from '@lijian/contracts/marketing'
import { isDatabaseAway, loadReversesOf, loadTransactions, type TransactionRow } from '@lijian/database'
import { screen } from '@lijian/rules'
import { LRUCache } from 'lru-cache'
import { answerOf, firstAnswerOf } from './answer'
import type { CatalogService } from '@lijian/catalog'
import { DecisionLog, type DecisionLogOptions, type LogScope } from './decision-log'
import { Evaluated, factsOf } from './evaluated'
import { decideQuery, noOffer, weighQuery, type PreparedOffer } from './query'
import { NeedsVersion, type Documents } from './outcome'
import { decideRefund, decideRefundResult } from './refund'
import { refundAnswerOf } from './refund-answer'
import { decideResult } from './result'
import { decideExpire, decideReverse, decideUndo } from './reverse'
import type { QueryAsk, RefundAsk, RefundResultAsk, ResultAsk, ReverseAsk, Transactions } from './types'

export interface TransactionsOptions {
  databaseUrl: string
  /** Shared with others of this process, and closed by whoever opened it. Absent: one of its own. */
  admission?: Admission
  catalog: CatalogService
  timeZone: string
  cutOff: string
  /** How long the relay may wait for a result to travel with its hold. */
  startDelayMs: number
  batchMax?: number
  waitingMax?: number
  now?: () => number
  onBatch?: (size: number, ms: number, tries: number) => void
  onUndo?: (why: 'deadline' | 'unavailable') => void
  /** Which answers without an offer are kept. Default `bound`. */
  logs?: LogScope
  log?: Omit<DecisionLogOptions, 'databaseUrl' | 'scope'>
}

/** Transactions over one database: evaluates in memory, decides in batches, answers inside the deadline. */
export function openTransactions(options: TransactionsOptions): Transactions & {
  prepare(ask: QueryAsk): PreparedOffer
  close(): Promise<void>
  readonly isAway: boolean
  readonly waitingCount: number
  /** Answers without an offer that are not in the log yet. */
  readonly unloggedCount: number
} {
  return new LiveTransactions(options)
}

class LiveTransactions implements Transactions {
  private readonly admission: Admission
  private readonly log: DecisionLog
  private closing: Promise<void> | undefined
  private readonly now: () => number
  private readonly undoing = new Undoing()
  /** Holds that somebody was told of in time: a duplicate's late answer must not undo them. */
  private readonly told = new LRUCache<string, true>({ max: 50_000 })

  constructor(private readonly options: TransactionsOptions) {
    this.now = options.now ?? Date.now
    this.admission = options.admission ?? openAdmission(options)
    this.log = new DecisionLog({ databaseUrl: options.databaseUrl, scope: options.logs ?? 'bound', ...options.log })
  }

  get isAway(): boolean {
    return this.admission.isAway
  }

  get waitingCount(): number {
    return this.admission.waitingCount
  }

  get unloggedCount(): number {
    return this.log.waitingCount
  }

  query(ask: QueryAsk): Promise<TransactionAnswer> {
    const evaluated = this.evaluate(ask)
    if (evaluated === undefined) return Promise.resolve(this.unread(ask))
    const { fees, facts } = evaluated
    // Nothing to admit and nothing held under this serial: the answer waits for no disk (DESIGN §1.3).
    if (evaluated.isHopeless() && !this.admission.memory.remembers(ask.client, ask.request.serial)) {
      this.log.keep(evaluated, undefined, this.now())
      return Promise.resolve(noOffer(ask, fees, facts.cardType, evaluated.refusals()))
    }
    // Groups may change while the batcher is waited for.
    evaluated.storedFacts()
    const admit = async (abandoned: () => boolean) => {
      const answer = await this.admission.run({ decide: (view) => decideQuery(view, evaluated), abandoned })
      if (!abandoned()) this.keepNoOffer(evaluated, answer)
      return answer
    }
    return this.inTime(ask, (reason) => this.without(evaluated, reason), admit)
  }

  /** The offer of a payment whose route is decided in the same batch (libs/routing/attempts). */
  prepare(ask: QueryAsk): PreparedOffer {
    const evaluated = this.evaluate(ask)
    const { client, request, bodyHash } = ask
    const gross = { payableFen: request.amount, put: () => undefined, giveBack: () => undefined }
    evaluated?.storedFacts()
    return {
      weigh: (view) => (evaluated ? weighQuery(view, evaluated) : { ...gross, answer: () => this.unread(ask) }),
      none: () => noOffer(ask, evaluated?.fees, evaluated?.facts.cardType ?? request.cardType, []),
      without: (reason) => (evaluated ? this.without(evaluated, reason) : this.unread(ask)),
      wasTold: (answer) => {
        if (answer.state === 'held') this.told.set(keyOf(client, request.serial), true)
        else if (evaluated) this.keepNoOffer(evaluated, answer)
      },
      undo: (view) => {
        if (!this.told.has(keyOf(client, request.serial))) decideUndo(view, client, request.serial, bodyHash)
      },
    }
  }

  /** Undefined: no document was read yet. */
  private evaluate(ask: QueryAsk): Evaluated | undefined {
    const { catalog } = this.options
    const current = catalog.current()
    const merchant = catalog.merchant(ask.request.merchant)
    if (!current) return undefined
    const facts = factsOf(ask, merchant)
    const screening = screen(current, facts, ask.explain ?? false)
    const origin = { catalog: current, snapshotId: catalog.snapshotId }
    const input = { facts, screening, fees: merchant?.fees }
    return new Evaluated(ask, input, origin, this.options.startDelayMs, merchant)
  }

  private unread(ask: QueryAsk): TransactionAnswer {
    const { merchant, cardType } = ask.request
    return noOffer(ask, this.options.catalog.fees(merchant), cardType, [{ reason: 'unavailable' }])
  }

  private without(evaluated: Evaluated, reason: 'deadline' | 'unavailable'): TransactionAnswer {
    this.log.keep(evaluated, reason, this.now())
    return noOffer(evaluated.ask, evaluated.fees, evaluated.facts.cardType, [{ reason }])
  }

  private keepNoOffer(evaluated: Evaluated, { state }: TransactionAnswer): void {
    if (state === 'no_offer' && evaluated.answeredBy !== 'row')
      this.log.keep(evaluated, evaluated.answeredBy, this.now())
  }

  /** The admission's answer if it comes in time; else "no offer", and whatever was admitted is undone. */
  private inTime(
    ask: QueryAsk,
    without: (reason: 'deadline' | 'unavailable') => TransactionAnswer,
    admit: (abandoned: () => boolean) => Promise<TransactionAnswer>,
  ): Promise<TransactionAnswer> {
    const { client, request, receivedAtMs, deadlineMs } = ask
    return answerInTime({
      leftMs: receivedAtMs + deadlineMs - this.now(),
      admit,
      without,
      isAway: () => this.admission.isAway,
      onTold: ({ state }) => {
        if (state === 'held') this.told.set(keyOf(client, request.serial), true)
      },
      onLate: ({ state }) => {
        if (state === 'held') this.undo(ask, 'deadline')
      },
      onLost: () => this.undo(ask, 'unavailable'),
    })
  }

  private undo({ client, request: { serial }, bodyHash }: QueryAsk, why: 'deadline' | 'unavailable'): void {
    this.options.onUndo?.(why)
    this.undoing.start(() =>
      this.admission.run({
        transactions: [{ client, serial }],
        decide: (view) =>
          this.told.has(keyOf(client, serial)) ? () => undefined : decideUndo(view, client, serial, bodyHash),
      }),
    )
  }

  result(ask: ResultAsk): Promise<TransactionAnswer> {
    return this.withVersions((documents) => ({
      transactions: [{ client: ask.client, serial: ask.serial }],
      decide: (view) => decideResult(view, ask, documents),
    }))
  }

  refund(ask: RefundAsk): Promise<RefundAnswer> {
    const { client, originalSerial, serial } = ask
    const told = this.withVersions((documents) => ({
      transactions: [{ client, serial: originalSerial }],
      reverses: [{ client, serial }],
      decide: (view) => decideRefund(view, ask, documents, this.now()),
    }))
    return this.orUnavailable(told, ask.deadlineMs)
  }

  refundResult(ask: RefundResultAsk): Promise<RefundAnswer> {
    const { client, originalSerial, serial } = ask
    return this.withVersions((documents) => ({
      transactions: [{ client, serial: originalSerial }],
      reverses: [{ client, serial }],
      decide: (view) => decideRefundResult(view, ask, documents),
    }))
  }

  async refunds(client: string, originalSerial: string): Promise<RefundAnswer[]> {
    if (!(await this.load(client, originalSerial)))
      throw new LijianError('not_found', `Nothing is stored under ${originalSerial}`)
    const rows = await loadReversesOf(this.admission.pool, { client, serial: originalSerial })
    return rows.filter(({ kind }) => kind === 'refund').map((row) => refundAnswerOf(row, null))
  }

  /** Decides again with the document version of then, once it is in memory. */
  private async withVersions<T>(work: (documents: Documents) => Work<T>): Promise<T> {
    const { catalog } = this.options
    const documents = { offer: catalog.offer.bind(catalog) }
    for (;;) {
      try {
        return await this.admission.run(work(documents))
      } catch (error) {
        if (!(error instanceof NeedsVersion)) throw error
        await catalog.loadVersion(error.campaign, error.version)
      }
    }
  }

  /** Told too late it is worth nothing to who waits; what it decided stands, and the same serial again is told it. */
  private orUnavailable<T>(answer: Promise<T>, deadlineMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = () => reject(new LijianError('unavailable', `No answer within ${deadlineMs} ms: send it again`))
      const timer = setTimeout(late, deadlineMs)
      answer.then(resolve, reject).finally(() => clearTimeout(timer))
    })
  }

  reverse(ask: ReverseAsk): Promise<ReverseAnswer> {
    const { client, originalSerial, serial } = ask
    return this.admission.run({
      transactions: [{ client, serial: originalSerial }],
      reverses: [{ client, serial }],
      decide: (view) => decideReverse(view, ask, this.now()),
    })
  }

  async expire(client: string, serial: string): Promise<TransactionAnswer> {
    const answer = await this.admission.run({
      transactions: [{ client, serial }],
      decide: (view) => decideExpire(view, client, serial, this.now()),
    })
    if (!answer) throw new LijianError('not_found', `No transaction ${serial}`)
    return answer
  }

  async read(client: string, serial: string): Promise<TransactionAnswer | undefined> {
    const row = await this.load(client, serial)
    return row && answerOf(row)
  }

  async earlier(client: string, serial: string, bodyHash: string): Promise<TransactionAnswer | undefined> {
    const row = await this.load(client, serial)
    return row?.bodyHash === bodyHash ? firstAnswerOf(row, false) : undefined
  }

  private async load(client: string, serial: string): Promise<TransactionRow | undefined> {
    try {
      const [row] = await loadTransactions(this.admission.pool, [{ client, serial }])
      return row?.record.emptyBecause === 'unknown_original' ? undefined : row
    } catch (error) {
      if (isDatabaseAway(error)) throw new LijianError('unavailable', 'PostgreSQL is away')
      throw error
    }
  }

  /** Once; whoever calls again waits for the same. */
  close(): Promise<void> {
    return (this.closing ??= this.end())
  }

  private async end(): Promise<void> {
    this.undoing.stop()
    if (this.options.admission === undefined) await this.admission.close()
    await this.log.close()
  }
}
