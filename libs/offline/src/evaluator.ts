import type {
  AnyOutputLine,
  Campaign,
  CardGroup,
  CustomerGroup,
  ErrorLine,
  EventLine,
  Merchant,
  OutputLine,
  PaymentLine,
  Refusal,
} from '@lijian/contracts'
import { Evaluation, grantOffers, type Granting } from '@lijian/decisions'
import { CounterBook } from '@lijian/limits'
import type { BinTable } from '@lijian/privacy'
import type { TakenCharge } from '@lijian/refunds'
import {
  compileCatalog,
  feeFen,
  screen,
  screenAll,
  type Catalog,
  type CompiledOffer,
  type PaymentFacts,
} from '@lijian/rules'
import { bodyHash } from './body-hash'
import { answerEvent } from './events'
import { factsOf } from './facts'
import { MemoryStore, type SerialStore, type StoredPayment } from './store'

export interface EvaluatorOptions {
  /** Every document counts as approved, with rule version 1. */
  campaigns: readonly Campaign[]
  merchants?: readonly Merchant[]
  cardGroups?: readonly CardGroup[]
  customerGroups?: readonly CustomerGroup[]
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

/** An unknown original is remembered for a day: a payment that comes after its own reversal gets nothing (DESIGN §4). */
const REMEMBER_UNKNOWN_MS = 24 * 3_600_000

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
      groupOrder: options.groupOrder,
      drawKey: options.drawKey ?? Buffer.alloc(32),
    })
    this.offers = new Map(this.catalog.offers.map((offer) => [`${offer.campaign.code}/${offer.code}`, offer]))
    const balances = options.balances && new Map([...options.balances].map(([p, fen]) => [`@funds/${p}||total`, fen]))
    this.book = new CounterBook(balances)
    this.merchants = new Map((options.merchants ?? []).map((merchant) => [merchant.id, merchant]))
    this.store = options.store ?? new MemoryStore()
    this.bins = options.bins
    this.explain = options.explain ?? false
    this.client = options.client ?? 'offline'
  }

  merchant(id: string): Merchant | undefined {
    return this.merchants.get(id)
  }

  /** A line that has passed the contract (`paymentLine` or `eventLine`). */
  line(line: PaymentLine | EventLine): AnyOutputLine {
    return 'event' in line ? this.event(line) : this.payment(line)
  }

  private event(line: EventLine): AnyOutputLine {
    const body = bodyHash(line)
    const earlier = this.store.eventOf(line.serial)
    if (earlier !== undefined) return earlier.body === body ? (earlier.answer as AnyOutputLine) : reused(line.serial)
    const answer = answerEvent(this, line)
    if (!('reason' in answer)) this.store.rememberEvent(line.serial, body, answer)
    else if (answer.reason === 'unknown_original' && line.event !== 'refund')
      this.unknown.set(line.originalSerial, line.at === undefined ? Infinity : Date.parse(line.at))
    return answer
  }

  payment(line: PaymentLine): OutputLine | ErrorLine {
    const body = bodyHash(line)
    const earlier = this.store.bodyOf(line.serial)
    if (earlier !== undefined) {
      if (earlier !== body) return reused(line.serial)
      const held = this.store.payment(line.serial)
      if (held !== undefined) return held.answer
    }
    const merchant = this.merchants.get(line.merchant)
    const facts = factsOf(line, this.client, merchant, this.bins)
    if (this.unknown.size > 0 && this.isReversedBefore(facts)) return this.answer(facts, merchant, undefined, [])
    const evaluation = new Evaluation({
      facts,
      screening: screen(this.catalog, facts, this.explain),
      fees: merchant?.fees,
      explain: this.explain,
    })
    const granting = grantOffers(this.book, evaluation, 'used')
    if (granting.granted.length === 0) {
      const answer = this.answer(facts, merchant, undefined, this.explain ? granting.refusals : this.whyNot(facts))
      this.store.remember(line.serial, body)
      return answer
    }
    const answer = this.answer(facts, merchant, granting, this.explain ? granting.refusals : [])
    const charges = chargesOf(granting)
    if (line.outcome === 'failure') {
      answer.state = 'cancelled'
      for (const { key, fen, count } of charges) this.book.move(key, { usedFen: -fen, usedCount: -count })
    }
    this.store.remember(line.serial, body, stored(answer, facts, charges, merchant))
    return answer
  }

  /** What each offer bound to the merchant lacked; the whole decision again, with those offers alone. */
  private whyNot(facts: PaymentFacts): Refusal[] {
    const bound = this.catalog.live.bound(facts)
    if (bound.length === 0) return []
    const { fees } = this.merchants.get(facts.merchant) ?? {}
    const evaluation = new Evaluation({ facts, screening: screenAll(bound, facts), fees, explain: true })
    return grantOffers(this.book, evaluation, 'used').refusals
  }

  private isReversedBefore({ serial, atMs }: PaymentFacts): boolean {
    const since = this.unknown.get(serial)
    return since !== undefined && (since === Infinity || atMs - since < REMEMBER_UNKNOWN_MS)
  }

  private answer(
    facts: PaymentFacts,
    merchant: Merchant | undefined,
    granting: Granting | undefined,
    reasons: Refusal[],
  ): OutputLine {
    const { discountFen = 0, rebateFen = 0, feeSavedFen = 0 } = granting ?? {}
    const payable = facts.amountFen - discountFen
    const fee = (amountFen: number) => feeFen(merchant?.fees, facts.paymentMethod, facts.cardType, amountFen)
    return {
      serial: facts.serial,
      state: granting === undefined ? 'no_offer' : 'confirmed',
      amount: facts.amountFen,
      discount: discountFen,
      payable,
      ...(rebateFen === 0 ? {} : { rebate: rebateFen }),
      offers: granting?.granted.map(({ grant }) => grant) ?? [],
      fee: { original: fee(facts.amountFen), final: fee(payable) - feeSavedFen, saved: feeSavedFen },
      reasons,
    }
  }
}

function chargesOf({ granted }: Granting): TakenCharge[] {
  return granted.flatMap(({ charges, grant }) =>
    charges.map(({ key, fen, count, measure }) =>
      measure === 'gross' ? { key, fen, count, offer: grant.code, measure } : { key, fen, count, offer: grant.code },
    ),
  )
}

const stored = (
  answer: OutputLine,
  facts: PaymentFacts,
  charges: TakenCharge[],
  merchant: Merchant | undefined,
): StoredPayment => ({
  answer,
  state: answer.state as StoredPayment['state'],
  facts,
  offers: answer.offers,
  charges,
  fee: answer.fee,
  fees: merchant?.fees,
  feeOnRefund: merchant?.feeOnRefund ?? 'keep',
  parts: [],
})

const reused = (serial: string): ErrorLine => ({
  serial,
  state: 'error',
  error: 'serial_reused',
  detail: `serial ${serial} came before with another body: give this line a serial of its own`,
})
