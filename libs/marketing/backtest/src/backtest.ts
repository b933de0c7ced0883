import { isoDate, zoneClock, type ZoneClock } from '@lijian/calendar'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type {
  AnyOutputLine,
  BacktestLines,
  BacktestReport,
  Campaign,
  EventLine,
  OutputLine,
  PaymentLine,
} from '@lijian/contracts/marketing'
import { compareSides } from './compare'
import { Seen } from './seen'
import { Side, type MerchantEntity, type Place } from './side'

export interface BacktestOptions {
  /** Of the payments and of the documents. Default CNY. */
  currency?: string
  campaigns: readonly Campaign[]
  /** The documents to compare with. */
  against?: readonly Campaign[]
  /** Whose names stand in the report. */
  merchants?: readonly { id: string; name: string }[]
  /** Prepaid balances in fen, when they are to be watched. */
  balances?: ReadonlyMap<string, number>
}

const PAID = 1
const BITS = [2, 4] as const

/** Offer codes that two campaigns have: a refusal names the code alone, so they could not be told apart. */
export function repeatedOfferCodes(campaigns: readonly Campaign[]): { offer: string; campaigns: string[] }[] {
  const owners = new Map<string, string[]>()
  for (const { code, offers } of campaigns)
    for (const offer of offers) owners.set(offer.code, [...(owners.get(offer.code) ?? []), code])
  return [...owners].filter(([, of]) => of.length > 1).map(([offer, of]) => ({ offer, campaigns: of }))
}

/**
 * What documents would have cost and done over a file of payments, from the offline answers to its lines, which must explain
 * (`Evaluator({ explain: true })`): only then is every refusal among them. Offer codes must be distinct. Memory: up to 57 bytes a serial and
 * as many a card, and a few numbers for each day, merchant, offer, funder and limit.
 */
export class Backtest {
  private readonly clock: ZoneClock
  private readonly sides: Side[]
  private readonly names: ReadonlyMap<string, string>
  private readonly serials = new Seen()
  private readonly cards = new Seen()
  private readonly merchants = new Map<string, number>()
  private readonly merchantRows: MerchantEntity[] = []
  private readonly days = new Map<number, { payments: number; amount: number }>()
  private firstMs = Infinity
  private lastMs = -Infinity
  private readonly lines: BacktestLines = {
    lines: 0,
    payments: 0,
    amount: 0,
    cards: 0,
    merchants: 0,
    failed: 0,
    refunds: 0,
    voids: 0,
    reversals: 0,
    repeated: 0,
    errors: 0,
  }

  private readonly currency: string

  constructor({ currency = DEFAULT_CURRENCY, campaigns, against, merchants = [], balances }: BacktestOptions) {
    this.currency = currency
    this.clock = zoneClock(campaigns[0]?.timeZone ?? 'Asia/Shanghai')
    this.sides = [campaigns, ...(against === undefined ? [] : [against])].map((of) => new Side(of, balances, currency))
    this.names = new Map(merchants.map(({ id, name }) => [id, name]))
  }

  /** One line with its answers: of the campaigns, then of those to compare with. */
  add(line: PaymentLine | EventLine, answers: readonly AnyOutputLine[]): void {
    this.lines.lines += 1
    // Whether a serial is another body's does not depend on the documents.
    if (answers[0]!.state === 'error') this.lines.errors += 1
    else if ('event' in line) this.event(line, answers)
    else this.payment(line, answers as readonly OutputLine[])
  }

  private payment(line: PaymentLine, answers: readonly OutputLine[]): void {
    const { serials } = this
    const known = serials.size
    const slot = serials.put(`p ${line.serial}`)
    const isNew = serials.size > known
    const isPaid = line.outcome !== 'failure'
    const atMs = Date.parse(line.at)
    const place: Place = { merchant: this.merchantOf(line.merchant), day: this.clock.at(atMs).day }
    const card = isPaid ? this.cardOf(line) : -1
    if (!isNew) this.lines.repeated += 1
    if (isPaid && (serials.bits[slot]! & PAID) === 0) {
      serials.bits[slot]! |= PAID
      this.count(line, place, atMs)
    } else if (isNew) this.lines.failed += 1
    this.sides.forEach((side, i) => {
      const answer = answers[i]!
      const bit = BITS[i]!
      if (isNew) side.refuse(line, answer)
      // A serial that comes again gets the first answer, which is counted; or is decided anew when that gave nothing.
      if (answer.state !== 'confirmed' || (serials.bits[slot]! & bit) !== 0) return
      serials.bits[slot]! |= bit
      serials.merchants[slot] = place.merchant
      serials.days[slot] = place.day
      side.give(place, answer)
      if (card < 0 || (this.cards.bits[card]! & bit) !== 0) return
      this.cards.bits[card]! |= bit
      side.cardsReached += 1
    })
  }

  private count({ amount, at }: PaymentLine, { day, merchant }: Place, atMs: number): void {
    const { lines } = this
    lines.payments += 1
    lines.amount += amount
    const row = this.merchantRows[merchant]!
    if (row.payments === 0) lines.merchants += 1
    row.payments += 1
    row.amount += amount
    const sums = this.days.get(day)
    if (sums === undefined) this.days.set(day, { payments: 1, amount })
    else {
      sums.payments += 1
      sums.amount += amount
    }
    if (atMs < this.firstMs) [this.firstMs, lines.from] = [atMs, at]
    if (atMs > this.lastMs) [this.lastMs, lines.to] = [atMs, at]
  }

  private cardOf({ card }: PaymentLine): number {
    if (card === undefined) return -1
    return this.cards.put('pan' in card ? card.pan : card.token)
  }

  private merchantOf(id: string): number {
    let index = this.merchants.get(id)
    if (index === undefined) {
      index = this.merchantRows.length
      this.merchants.set(id, index)
      const name = this.names.get(id)
      this.merchantRows.push({ id, ...(name === undefined ? {} : { name }), payments: 0, amount: 0 })
    }
    return index
  }

  private event(line: EventLine, answers: readonly AnyOutputLine[]): void {
    const { serials } = this
    const known = serials.size
    const slot = serials.put(`e ${line.serial}`)
    const isNew = serials.size > known
    if (isNew) this.lines[`${line.event}s`] += 1
    else this.lines.repeated += 1
    const original = serials.find(`p ${line.originalSerial}`)
    this.sides.forEach((side, i) => {
      const answer = answers[i]!
      const bit = BITS[i]!
      if ('reason' in answer) {
        const { reason } = answer
        if (isNew) side.refuseEvent(reason === 'unknown_original' && original >= 0 ? 'without_offer' : reason)
      } else if ((serials.bits[slot]! & bit) === 0) {
        serials.bits[slot]! |= bit
        const day = line.at === undefined ? serials.days[original]! : this.clock.at(Date.parse(line.at)).day
        side.takeBack({ merchant: serials.merchants[original]!, day }, answer as OutputLine)
      }
    })
  }

  report(): BacktestReport {
    const lines = { ...this.lines, cards: this.cards.size }
    const [a, b] = this.sides.map((side) => side.report(lines, this.merchantRows, [...this.days.keys()]))
    return {
      currency: this.currency,
      timeZone: this.clock.zone,
      lines,
      days: [...this.days].sort(([x], [y]) => x - y).map(([day, sums]) => ({ date: isoDate(day), ...sums })),
      a: a!,
      ...(b === undefined ? {} : { b, difference: compareSides(a!, b) }),
    }
  }
}
