import type {
  AnyOutputLine,
  Campaign,
  CardGroup,
  CustomerGroup,
  ErrorLine,
  EventLine,
  Merchant,
  MerchantGroup,
  OutputLine,
  PaymentLine,
  Refusal,
} from '@lijian/contracts/marketing'
import { Evaluation, grantOffers, type Granting } from '@lijian/decisions'
import { CounterBook, fundsKey } from '@lijian/limits'
import type { BinTable } from '@lijian/privacy'
import { REMEMBER_UNKNOWN_MS } from '@lijian/refunds'
import {
  compileCatalog,
  screen,
  screenAll,
  type CardGroupMembers,
  type Catalog,
  type CompiledOffer,
  type CustomerGroupMembers,
  type PaymentFacts,
  type Screening,
} from '@lijian/rules'
import { answerOf, answerTo, noOffer } from './answer'
import { answerEvent } from './events'
import { factsOf } from './facts'
import { recall, refOf, storedGrants, type Recalled } from './recall'
import { isSameBody } from './same-body'
import { MemoryStore, type Decided, type SerialStore } from './store'

export interface EvaluatorOptions {
  /** Every document counts as approved, with rule version 1. */
  campaigns: readonly Campaign[]
  merchants?: readonly Merchant[]
  cardGroups?: readonly (CardGroup | CardGroupMembers)[]
  customerGroups?: readonly (CustomerGroup | CustomerGroupMembers)[]
  merchantGroups?: readonly MerchantGroup[]
  /** Prepaid balance and credit line by partner, in fen; absent: unlimited. */
  balances?: ReadonlyMap<string, number>
  /** Default: 32 zero bytes. */
  drawKey?: Buffer
  /** Setting `groups`: the order of amount groups. */
  groupOrder?: readonly string[]
  /** Fills card facts that a line does not carry; absent: nothing is filled. */
  bins?: BinTable
  explain?: boolean
  /** Default `offline`: part of the seed of a draw. */
  client?: string
  store?: SerialStore
}

/** One file of payments, line after line, with its limits: what the live door would have answered. No clock, no I/O. */
export class Evaluator {
  readonly catalog: Catalog
  readonly book: CounterBook
  readonly store: SerialStore
  readonly offers: ReadonlyMap<string, CompiledOffer>
  private readonly merchants: ReadonlyMap<string, Merchant>
  private readonly bins: BinTable | undefined
  private readonly explain: boolean
  private readonly client: string
  private readonly unknown = new Map<string, number>()

  constructor(options: EvaluatorOptions) {
    this.catalog = compileCatalog({
      campaigns: options.campaigns.map((document) => ({
        document,
        version: 1,
        approved: true,
        suspended: false,
        suspendedOffers: [],
      })),
      cardGroups: options.cardGroups ?? [],
      customerGroups: options.customerGroups ?? [],
      merchantGroups: options.merchantGroups ?? [],
      groupOrder: options.groupOrder,
      drawKey: options.drawKey ?? Buffer.alloc(32),
    })
    this.offers = new Map(this.catalog.offers.map((offer) => [refOf(offer), offer]))
    const balances = options.balances && new Map([...options.balances].map(([p, fen]) => [fundsKey(p), fen]))
    this.book = new CounterBook(balances)
    this.merchants = new Map((options.merchants ?? []).map((merchant) => [merchant.id, merchant]))
    this.store = options.store ?? new MemoryStore()
    this.bins = options.bins
    this.explain = options.explain ?? false
    this.client = options.client ?? 'offline'
  }

  /** A line that has passed the contract (`paymentLine` or `eventLine`); `text`: as it was read, when it is at hand. */
  line(line: PaymentLine | EventLine, text?: string): AnyOutputLine {
    return 'event' in line ? this.event(line) : this.payment(line, text)
  }

  private event(line: EventLine): AnyOutputLine {
    const earlier = this.store.event(line.serial)
    if (earlier !== undefined) return isSameBody(earlier.line, line) ? earlier.answer : reused(line.serial)
    const answer = answerEvent(this, line)
    if (!('reason' in answer)) this.store.keepEvent(line, answer)
    else if (answer.reason === 'unknown_original' && line.event !== 'refund')
      this.unknown.set(line.originalSerial, line.at === undefined ? Infinity : Date.parse(line.at))
    return answer
  }

  payment(line: PaymentLine, text?: string): OutputLine | ErrorLine {
    const isKnown = this.store.has(line.serial)
    if (isKnown) {
      const earlier = this.store.payment(line.serial)!
      if (!isSameBody(earlier.line, line)) return reused(line.serial)
      if (earlier.decided !== undefined) return answerOf(this.recalled(earlier.line, earlier.decided))
    }
    const merchant = this.merchants.get(line.merchant)
    const facts = factsOf(line, this.client, merchant, this.bins)
    if (this.unknown.size > 0 && this.isReversedBefore(facts)) {
      if (!isKnown) this.store.keep(line, undefined, text)
      return noOffer(facts, merchant, [])
    }
    const granting = this.grant(facts, merchant, screen(this.catalog, facts, this.explain), this.explain)
    if (granting.granted.length === 0) {
      // Without an offer a serial is not bound: the same line again is decided anew.
      if (!isKnown) this.store.keep(line, undefined, text)
      return noOffer(facts, merchant, this.explain ? granting.refusals : this.whyNot(facts, merchant))
    }
    const failed = line.outcome === 'failure'
    if (failed)
      for (const { charges } of granting.granted)
        for (const { key, fen, count } of charges) this.book.move(key, { usedFen: -fen, usedCount: -count })
    const state = failed ? 'cancelled' : 'confirmed'
    const reasons = this.explain ? granting.refusals : []
    this.store.keep(line, { state, grants: storedGrants(granting), reasons, parts: [] }, text)
    return answerTo(
      facts,
      merchant,
      state,
      granting.granted.map(({ grant }) => grant),
      reasons,
    )
  }

  /** A payment that got an offer, with everything that a later line may need of it. */
  recalled(line: PaymentLine, decided: Decided): Recalled {
    const merchant = this.merchants.get(line.merchant)
    const facts = factsOf(line, this.client, merchant, this.bins)
    const failed = line.outcome === 'failure'
    return recall({ facts, merchant, failed, decided }, (ref) => this.offers.get(ref)!)
  }

  private grant(facts: PaymentFacts, merchant: Merchant | undefined, screening: Screening, explain: boolean): Granting {
    // Most payments of a file meet no offer; there is nothing to rank then, and no counter to ask but after a refund.
    if (screening.passed.length === 0 && screening.refused.every(({ blockable }) => blockable === undefined))
      return { granted: [], discountFen: 0, rebateFen: 0, feeSavedFen: 0, refusals: screening.refused }
    return grantOffers(this.book, new Evaluation({ facts, screening, fees: merchant?.fees, explain }), 'used')
  }

  /** What each offer bound to the merchant lacked; the whole decision again, with those offers alone. */
  private whyNot(facts: PaymentFacts, merchant: Merchant | undefined): Refusal[] {
    const bound = this.catalog.live.bound(facts)
    return bound.length === 0 ? [] : this.grant(facts, merchant, screenAll(bound, facts), true).refusals
  }

  private isReversedBefore({ serial, atMs }: PaymentFacts): boolean {
    const since = this.unknown.get(serial)
    return since !== undefined && (since === Infinity || atMs - since < REMEMBER_UNKNOWN_MS)
  }
}

const reused = (serial: string): ErrorLine => ({
  serial,
  state: 'error',
  error: 'serial_reused',
  detail: `serial ${serial} came before with another body: give this line a serial of its own`,
})
