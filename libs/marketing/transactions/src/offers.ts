import {
  deadlineMsOf,
  decideInTime,
  holdMsOf,
  isSkewed,
  nothing,
  skewed,
  type Admission,
  type BatchView,
  type PaymentTimes,
  type Prepared,
  type Why,
} from '@lijian/admission'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import type { CatalogService, HoldRoom } from '@lijian/catalog'
import { screen } from '@lijian/rules'
import type { DecisionLog } from './decision-log'
import { Evaluated, factsOf } from './evaluated'
import { decideWasTold } from './not-told-yet'
import { lostRow } from './lost-row'
import { noOffer, weighQuery, type WeighedOffer } from './query'
import type { Readings } from './readings'
import { decideUndo } from './reverse'
import type { QueryAsk } from './types'

export interface OffersOptions {
  admission: Admission
  catalog: CatalogService
  log: DecisionLog
  readings: Readings
  times: PaymentTimes
  /** How long the relay may wait for a result to travel with its hold. */
  startDelayMs: number
  now: () => number
}

/** Queries: evaluated in memory, decided in a batch, answered inside the deadline. */
export class Offers {
  constructor(private readonly options: OffersOptions) {}

  /** Rejects with LijianError merchant_not_allowed. */
  async query(ask: QueryAsk): Promise<TransactionAnswer> {
    this.mustBeBound(ask)
    return isSkewed(this.options.times, ask) ? this.retried(ask) : this.decided(ask)
  }

  /** A retry may come long after its instant: what was answered then is still the answer. */
  private async retried(ask: QueryAsk): Promise<TransactionAnswer> {
    const { readings, times } = this.options
    if (!(await readings.isKnown(ask.client, ask.request.serial, ask.bodyHash))) throw skewed(times)
    return this.decided(ask, true)
  }

  private decided(ask: QueryAsk, isKnown = false): Promise<TransactionAnswer> {
    const { admission, times, now } = this.options
    const evaluated = this.evaluate(ask)
    if (evaluated === undefined) return Promise.resolve(this.unread(ask))
    const { fees, facts } = evaluated
    // Nothing to admit and nothing held under this serial: the answer waits for no disk (DESIGN §1.3).
    if (!isKnown && evaluated.isHopeless() && !admission.memory.remembers(ask.client, ask.request.serial)) {
      this.options.log.keep(evaluated, undefined, now())
      return Promise.resolve(noOffer(ask, fees, facts.cardType, evaluated.refusals()))
    }
    return decideInTime(admission, [this.prepared(ask, evaluated)], {
      leftMs: ask.receivedAtMs + deadlineMsOf(times, ask) - now(),
      amountFen: ask.request.amount,
      join: ([answer]) => answer,
    })
  }

  roomOf(client: string): HoldRoom | undefined {
    return this.options.catalog.bounds.roomOf(client)
  }

  private mustBeBound({ client, request }: QueryAsk): void {
    this.options.catalog.bounds.mustBeBound(client, request.merchant)
  }

  /** The offer of a payment that has other parts too (libs/routing/attempts). Throws LijianError merchant_not_allowed. */
  prepare(ask: QueryAsk): PreparedOffer {
    this.mustBeBound(ask)
    return this.prepared(ask, this.evaluate(ask))
  }

  private prepared(ask: QueryAsk, evaluated: Evaluated | undefined): PreparedOffer {
    // Groups may change while a batch is waited for.
    evaluated?.storedFacts()
    return new PreparedOffer(ask, evaluated, this)
  }

  /** Undefined: no document was read yet. */
  private evaluate(ask: QueryAsk): Evaluated | undefined {
    const { admission, catalog, startDelayMs, times } = this.options
    const current = catalog.current()
    const merchant = catalog.merchant(ask.request.merchant)
    if (!current) return undefined
    const facts = factsOf(ask, merchant)
    const screening = screen(current, facts, ask.explain ?? false)
    const origin = { catalog: current, snapshotId: catalog.snapshotId }
    const input = { facts, screening, fees: merchant?.fees }
    const holdMs = holdMsOf(times, ask, ask.request.paymentMethod)
    const terms = { startDelayMs, holdMs, clock: admission.clock }
    return new Evaluated(ask, input, origin, terms, merchant)
  }

  unread(ask: QueryAsk): TransactionAnswer {
    const { merchant, cardType } = ask.request
    return noOffer(ask, this.options.catalog.fees(merchant), cardType, [{ reason: 'unavailable' }])
  }

  without(evaluated: Evaluated, reason: Why): TransactionAnswer {
    this.options.log.keep(evaluated, reason, this.options.now())
    return noOffer(evaluated.ask, evaluated.fees, evaluated.facts.cardType, [{ reason }])
  }

  wasTold(evaluated: Evaluated, { state }: TransactionAnswer): void {
    if (state === 'held' && evaluated.ask.mayOmitPaid) this.writeDown(evaluated.ask)
    if (state === 'no_offer' && evaluated.answeredBy !== 'row')
      this.options.log.keep(evaluated, evaluated.answeredBy, this.options.now())
  }

  private writeDown({ client, request }: QueryAsk): void {
    const { admission } = this.options
    const key = { client, serial: request.serial }
    admission.insist(() => admission.run({ transactions: [key], decide: (view) => decideWasTold(view, key) }))
  }
}

/** The offer as one part of a payment. */
export class PreparedOffer implements Prepared<TransactionAnswer> {
  readonly rows: { transactions: { client: string; serial: string }[] }

  constructor(
    private readonly ask: QueryAsk,
    /** Undefined: no document was read yet. */
    private readonly evaluated: Evaluated | undefined,
    private readonly offers: Offers,
  ) {
    this.rows = { transactions: [{ client: ask.client, serial: ask.request.serial }] }
  }

  /** Throws LijianError serial_reused. */
  weigh(view: BatchView): WeighedOffer {
    const { ask, evaluated, offers } = this
    if (evaluated !== undefined) return weighQuery(view, evaluated, offers.roomOf(ask.client))
    return { payableFen: ask.request.amount, put: nothing, giveBack: nothing, answer: () => offers.unread(ask) }
  }

  none(): TransactionAnswer {
    const { ask, evaluated } = this
    return noOffer(ask, evaluated?.fees, evaluated?.facts.cardType ?? ask.request.cardType, [])
  }

  without(why: Why): TransactionAnswer {
    return this.evaluated ? this.offers.without(this.evaluated, why) : this.offers.unread(this.ask)
  }

  wasTold(answer: TransactionAnswer): void {
    if (this.evaluated !== undefined) this.offers.wasTold(this.evaluated, answer)
  }

  isUndone({ state }: TransactionAnswer): boolean {
    return state === 'held'
  }

  undo(view: BatchView, why: Why, isLost = false): void {
    const { ask, evaluated } = this
    if (evaluated === undefined) return
    const { client, request } = ask
    // Without an offer that may be given, its statement makes no row.
    const inTheWay = () => (evaluated.isHopeless() ? null : lostRow(evaluated, why))
    const lost = isLost ? inTheWay : undefined
    decideUndo(view, { client, serial: request.serial, attempt: evaluated.marketingSerial, why, lost })
  }
}
