import type { Campaign, FeeSchedule, Limit, Offer } from '@lijian/contracts/marketing'
import type { PaymentFacts } from '@lijian/rules'
import { conditionsOf } from './reference-conditions'
import { SlowDraws } from './reference-draw'
import { amountGiven, feeOf, newFeeOf } from './reference-money'
import { dayOf, startOf } from './reference-time'
import type { World } from './reference-world'

export interface SlowAnswer {
  granted: { code: string; discount: number; funders: [string, number][] }[]
  /** `offer code: reason`, sorted. */
  reasons: string[]
}

type Place = { campaign: Campaign; offer: Offer }
interface Bill {
  payable: number
  feeSaved: number
  granted: boolean
  closed: boolean
}

/**
 * The rules a second time: slow, obvious, straight from the text of the design, with BigInt for money and the wall clock read as text. It
 * shares nothing with the evaluator but the documents, so that a mistake has to be made twice to stay unseen.
 */
export class SlowBook {
  /** `limit|values|start` → used so far. */
  private readonly used = new Map<string, { fen: number; count: number }>()
  private readonly draws = new SlowDraws()

  constructor(private readonly world: World) {}

  pay(pay: PaymentFacts, fees?: FeeSchedule): SlowAnswer {
    const answer: SlowAnswer = { granted: [], reasons: [] }
    const say = ({ offer }: Place, reason: string) => answer.reasons.push(`${offer.code}: ${reason}`)
    const open: Place[] = []
    for (const campaign of this.world.campaigns)
      for (const offer of campaign.offers) {
        const fails = conditionsOf(this.world, campaign, offer, pay).find(([, failing]) => failing === true)?.[0]
        if (fails === undefined) open.push({ campaign, offer })
        else say({ campaign, offer }, fails)
      }
    const bill: Bill = { payable: pay.amountFen, feeSaved: 0, granted: false, closed: false }
    for (const group of this.groupsInOrder(open)) this.settleGroup(group, pay, fees, bill, answer, say)
    answer.reasons.sort()
    return answer
  }

  private groupsInOrder(open: Place[]): Place[][] {
    const nameOf = ({ offer }: Place) => offer.group ?? offer.kind
    const order = (name: string) => {
      const place = this.world.groupOrder.indexOf(name)
      return place < 0 ? `2 ${name}` : `1 ${String(place).padStart(3, '0')}`
    }
    return (['amount', 'fee'] as const).flatMap((kind) => {
      const offers = open.filter(({ offer }) => offer.kind === kind)
      const names = [...new Set(offers.map(nameOf))].sort((a, b) => (order(a) < order(b) ? -1 : 1))
      return names.map((name) => offers.filter((place) => nameOf(place) === name))
    })
  }

  private settleGroup(
    group: Place[],
    pay: PaymentFacts,
    fees: FeeSchedule | undefined,
    bill: Bill,
    answer: SlowAnswer,
    say: (place: Place, reason: string) => void,
  ): void {
    const priced: { place: Place; discount: number }[] = []
    for (const place of group) {
      const gives = this.gives(place, pay, fees, bill)
      if (typeof gives === 'string') say(place, gives)
      else priced.push({ place, discount: gives })
    }
    const rank = ({ place: { offer, campaign }, discount }: (typeof priced)[number]) =>
      [-(offer.priority ?? 0), -discount, `${offer.code} ${campaign.code}`] as const
    priced.sort((a, b) => {
      const [x, y] = [rank(a), rank(b)]
      return x[0] - y[0] || x[1] - y[1] || (x[2] < y[2] ? -1 : 1)
    })
    let done = false
    for (const { place, discount } of priced) {
      if (done) {
        say(place, 'not_best')
        continue
      }
      const outcome = this.admit(place, discount, pay, fees, bill)
      if (typeof outcome === 'string') say(place, outcome)
      else {
        done = true
        answer.granted.push({ code: place.offer.code, discount: outcome, funders: split(place, outcome) })
        if (place.offer.kind === 'fee') bill.feeSaved += outcome
        else {
          bill.granted = true
          if (place.offer.exclusive === true) bill.closed = true
          if (place.offer.delivery !== 'rebate') bill.payable -= outcome
        }
      }
    }
  }

  private gives({ campaign, offer }: Place, pay: PaymentFacts, fees: FeeSchedule | undefined, bill: Bill) {
    if (offer.kind === 'fee') {
      const before = feeOf(fees, pay, bill.payable) - bill.feeSaved
      const saved = before - newFeeOf(offer.rule.benefit, before, bill.payable)
      return saved > 0 ? saved : 'no_benefit'
    }
    const seed = this.draws.seedOf(campaign, offer, limitsOf(campaign, offer), pay, this.world.version)
    const gives = amountGiven(this.world, campaign, offer, pay, bill.payable, seed)
    if (typeof gives === 'string') return gives
    if (bill.closed || (offer.exclusive === true && bill.granted)) return 'exclusive'
    return gives > 0 ? gives : 'no_benefit'
  }

  /** The discount that was really granted, or the limit that refuses. */
  private admit(
    { campaign, offer }: Place,
    uncut: number,
    pay: PaymentFacts,
    fees: FeeSchedule | undefined,
    bill: Bill,
  ): number | string {
    const limits = limitsOf(campaign, offer)
    if (limits.some(({ per }) => per.some((dimension) => valuesOf(dimension, pay).length === 0)))
      return 'limit_key_missing'
    const counters = limits.flatMap((limit) => this.countersOf(campaign, limit, pay))
    const left = (key: string, limit: number | undefined, what: 'fen' | 'count') =>
      limit === undefined ? Infinity : limit - (this.used.get(key)?.[what] ?? 0)
    if (counters.some(({ key, limit }) => left(key, limit.count, 'count') < 1)) return 'limit_exhausted'
    let discount = uncut
    const parts = new Map<string, number>()
    for (const { key, limit } of counters) {
      if (limit.onShort !== 'clip') continue
      const wanted = limit.measure === 'gross' ? pay.amountFen : uncut
      const room = left(key, limit.amount, 'fen')
      if (room <= 0) return 'limit_exhausted'
      parts.set(key, Math.min(wanted, room))
      if (room >= wanted) continue
      const fee = (fen: number) => feeOf(fees, pay, fen)
      const saved = fee(bill.payable) - (room >= bill.payable ? 0 : fee(bill.payable - room))
      discount = Math.min(discount, limit.measure === 'gross' ? Math.max(0, saved) : room)
    }
    if (discount <= 0) return 'no_benefit'
    const asks = counters.map(({ key, limit }) => ({
      key,
      limit: limit.amount,
      fen: limit.measure === 'gross' ? (parts.get(key) ?? pay.amountFen) : discount,
    }))
    if (asks.some(({ key, limit, fen }) => left(key, limit, 'fen') < fen)) return 'limit_exhausted'
    const budgets = [
      { key: `${campaign.code}/${offer.code}#budget`, budget: offer.budget },
      { key: `${campaign.code}#budget`, budget: campaign.budget },
    ]
    for (const { key, budget } of budgets)
      if (budget && (left(key, budget.count, 'count') < 1 || left(key, budget.amount, 'fen') < discount))
        return 'budget_exhausted'
    for (const { key, fen } of [...asks, ...budgets.map(({ key }) => ({ key, fen: discount }))]) this.use(key, fen)
    this.draws.use(campaign, offer, limits, pay)
    return discount
  }

  private countersOf(campaign: Campaign, limit: Limit & { owner: string }, pay: PaymentFacts) {
    const start = startOf(dayOf(campaign, pay.atMs), limit.period)
    const name = `${limit.owner} ${limit.id ?? JSON.stringify([[...limit.per].sort(), limit.period, limit.measure ?? 'discount', limit.offers && [...limit.offers].sort()])}`
    const combinations = [...limit.per]
      .sort()
      .reduce<string[]>(
        (all, dimension) => all.flatMap((values) => valuesOf(dimension, pay).map((value) => `${values},${value}`)),
        [''],
      )
    return combinations.map((values) => ({ key: `${name}|${values}|${start}`, limit }))
  }

  private use(key: string, fen: number): void {
    const used = this.used.get(key) ?? { fen: 0, count: 0 }
    this.used.set(key, { fen: used.fen + fen, count: used.count + 1 })
  }
}

function limitsOf(campaign: Campaign, offer: Offer): (Limit & { owner: string })[] {
  return [
    ...(offer.rule.limits ?? []).map((limit) => ({ ...limit, owner: `${campaign.code}/${offer.code}` })),
    ...(campaign.limits ?? [])
      .filter(({ offers }) => !offers || offers.includes(offer.code))
      .map((limit) => ({ ...limit, owner: campaign.code })),
  ]
}

/** One value per counter: a person has one for each identity. */
function valuesOf(dimension: string, pay: PaymentFacts): string[] {
  const { merchant, subMerchant, cardToken, customerToken, terminal, identities = {} } = pay
  if (dimension === 'user') {
    const known = { ...identities, card: identities.card ?? cardToken, account: identities.account ?? customerToken }
    return Object.entries(known).flatMap(([kind, value]) => (value === undefined ? [] : [`${kind}=${value}`]))
  }
  const value = { merchant, subMerchant, card: cardToken, customer: customerToken, terminal }[dimension]
  return value === undefined ? [] : [value]
}

/** One fen at a time to whoever is furthest below his exact share. */
function split({ campaign, offer }: Place, discount: number): [string, number][] {
  const funders = offer.funders ?? campaign.funders
  const exact = funders.map(({ sharePpm }) => BigInt(discount) * BigInt(sharePpm))
  const parts = exact.map((share) => share / 1_000_000n)
  while (parts.reduce((a, b) => a + b, 0n) < BigInt(discount)) {
    const short = exact.map((share, i) => share - parts[i]! * 1_000_000n)
    const most = short.reduce((a, b) => (b > a ? b : a))
    parts[short.indexOf(most)]! += 1n
  }
  return funders.map(({ partner }, i) => [partner, Number(parts[i]!)])
}
