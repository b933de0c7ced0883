import { openAdmission, type Admission, type PaymentTimes, type Why, type Work } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { GrantedOffer, RefundAnswer, ReverseAnswer, TransactionAnswer } from '@lijian/contracts/marketing'
import type { CatalogService } from '@lijian/catalog'
import { DecisionLog, type DecisionLogOptions, type LogScope } from './decision-log'
import { Offers, type PreparedOffer } from './offers'
import { NeedsVersion, type Documents } from './outcome'
import { Readings } from './readings'
import { decideRefund, decideRefundResult } from './refund'
import { NotToldYet } from './not-told-yet'
import { decideResult } from './result'
import { decideExpire, decideReverse } from './reverse'
import type { QueryAsk, RefundAsk, RefundResultAsk, ResultAsk, ReverseAsk, Transactions } from './types'

/** An undo takes milliseconds, a frozen PostgreSQL a second or two; whoever waits longer is told to ask again. */
const TOLD_LOOKS = 40
const TOLD_LOOK_EVERY_MS = 50

export interface TransactionsOptions {
  databaseUrl: string
  /** Shared within this process; its opener closes it. Absent: one of its own. */
  admission?: Admission
  catalog: CatalogService
  timeZone: string
  cutOff: string
  times: PaymentTimes
  /** How long the relay may wait for a result to travel with its hold. */
  startDelayMs: number
  batchMax?: number
  waitingMax?: number
  now?: () => number
  /** Of tests: holds live by it instead of PostgreSQL's clock. */
  clock?: () => number
  /** Of an admission of its own. */
  onBatch?: (size: number, ms: number, tries: number) => void
  onUndo?: (why: Why) => void
  /** An accepted result, repeats too, of a payment that got these offers. */
  onResult?: (result: {
    client: string
    offers: readonly GrantedOffer[]
    outcome: ResultAsk['request']['outcome']
  }) => void
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

/** Queries and readings are told by their own classes; what follows a query is decided here. */
class LiveTransactions implements Transactions {
  private readonly admission: Admission
  private readonly log: DecisionLog
  private readonly offers: Offers
  private readonly readings: Readings
  private closing: Promise<void> | undefined

  constructor(private readonly options: TransactionsOptions) {
    const { databaseUrl, catalog, times, startDelayMs, now = Date.now } = options
    this.admission = options.admission ?? openAdmission(options)
    this.log = new DecisionLog({ databaseUrl, scope: options.logs ?? 'bound', ...options.log })
    this.readings = new Readings(this.admission.pool)
    const { admission, log, readings } = this
    this.offers = new Offers({ admission, catalog, log, readings, times, startDelayMs, now })
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
    return this.offers.query(ask)
  }

  prepare(ask: QueryAsk): PreparedOffer {
    return this.offers.prepare(ask)
  }

  /** Without `paid` it waits a moment for what was told to be written down, or undone. */
  async result(ask: ResultAsk): Promise<TransactionAnswer> {
    for (let looks = 1; ; looks++)
      try {
        const answer = await this.withVersions((documents) => ({
          transactions: [{ client: ask.client, serial: ask.serial }],
          decide: (view) => decideResult(view, ask, documents, this.admission.clock.nowMs()),
        }))
        const { outcome } = ask.request
        this.options.onResult?.({ client: ask.client, offers: answer.offers ?? [], outcome })
        return answer
      } catch (error) {
        if (!(error instanceof NotToldYet) || looks === TOLD_LOOKS) throw error
        await new Promise((resolve) => setTimeout(resolve, TOLD_LOOK_EVERY_MS))
      }
  }

  refund(ask: RefundAsk): Promise<RefundAnswer> {
    const { client, originalSerial, serial } = ask
    const told = this.withVersions((documents) => ({
      transactions: [{ client, serial: originalSerial }],
      reverses: [{ client, serial }],
      decide: (view) => decideRefund(view, ask, documents, this.admission.clock.nowMs()),
    }))
    return orUnavailable(told, ask.deadlineMs ?? this.options.times.queryDeadlineMs)
  }

  refundResult(ask: RefundResultAsk): Promise<RefundAnswer> {
    const { client, originalSerial, serial } = ask
    return this.withVersions((documents) => ({
      transactions: [{ client, serial: originalSerial }],
      reverses: [{ client, serial }],
      decide: (view) => decideRefundResult(view, ask, documents),
    }))
  }

  reverse(ask: ReverseAsk): Promise<ReverseAnswer> {
    const { client, originalSerial, serial } = ask
    return this.admission.run({
      transactions: [{ client, serial: originalSerial }],
      reverses: [{ client, serial }],
      decide: (view) => decideReverse(view, ask, this.admission.clock.nowMs()),
    })
  }

  async expire(client: string, serial: string): Promise<TransactionAnswer> {
    const answer = await this.admission.run({
      transactions: [{ client, serial }],
      decide: (view) => decideExpire(view, client, serial, this.admission.clock.nowMs()),
    })
    if (!answer) throw new LijianError('not_found', `No transaction ${serial}`)
    return answer
  }

  read(client: string, serial: string): Promise<TransactionAnswer | undefined> {
    return this.readings.read(client, serial)
  }

  refunds(client: string, originalSerial: string): Promise<RefundAnswer[]> {
    return this.readings.refunds(client, originalSerial)
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

  /** Closes once; a second call waits for the first. */
  close(): Promise<void> {
    return (this.closing ??= this.end())
  }

  private async end(): Promise<void> {
    if (this.options.admission === undefined) await this.admission.close()
    await this.log.close()
  }
}

/** Rejects after the deadline. The decision stands; a retry with the same serial returns it. */
function orUnavailable<T>(answer: Promise<T>, deadlineMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new LijianError('unavailable', `No answer within ${deadlineMs} ms: send it again`))
    const timer = setTimeout(late, deadlineMs)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
