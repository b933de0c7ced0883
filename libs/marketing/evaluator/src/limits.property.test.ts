import { eventLine, parseCampaign, paymentLine, type Campaign } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { Evaluator } from './evaluator'

/** Half of each payment at most; what is random is what may stand against it. */
const PERIODS = ['total', 'day', 'week', 'month', 'quarter', 'year'] as const
const bounds = fc.oneof(
  fc.record({ count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ amount: fc.integer({ min: 1, max: 4_000 }) }),
  fc.record({ amount: fc.integer({ min: 1, max: 8_000 }), count: fc.integer({ min: 1, max: 6 }) }),
)
const anyLimit = fc
  .record({
    per: fc.subarray(['merchant', 'card'] as const),
    period: fc.constantFrom(...PERIODS),
    measure: fc.constantFrom('discount' as const, 'discount' as const, 'gross' as const),
    clip: fc.boolean(),
    bounds,
  })
  .map(({ bounds: both, clip, ...rest }) => ({
    ...rest,
    ...both,
    onShort: clip && 'amount' in both && rest.measure === 'discount' ? ('clip' as const) : ('refuse' as const),
  }))
interface AnyLimit {
  id: string
  per: ('merchant' | 'card')[]
  period: (typeof PERIODS)[number]
  measure: 'discount' | 'gross'
  onShort: 'clip' | 'refuse'
  amount?: number
  count?: number
}
const withIds = (limits: Omit<AnyLimit, 'id'>[], owner: string): AnyLimit[] =>
  limits.map((limit, i) => ({ id: `${owner}${i}`, ...limit }))

const anyRules = fc.record({
  own: fc.array(anyLimit, { maxLength: 3 }).map((limits) => withIds(limits, 'OWN-')),
  shared: fc.array(anyLimit, { maxLength: 2 }).map((limits) => withIds(limits, 'ALL-')),
  budget: fc.option(bounds, { nil: undefined }),
  restore: fc.record({
    amount: fc.boolean(),
    count: fc.constantFrom<(boolean | 'fullRefundOnly')[]>(true, false, 'fullRefundOnly'),
    void: fc.boolean(),
  }),
})
type Rules = typeof anyRules extends fc.Arbitrary<infer T> ? T : never

const of = fc.nat({ max: 5 })
const anyDeed = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      merchant: fc.constantFrom('M1', 'M2'),
      card: fc.constantFrom('card-token-number-1', 'card-token-number-2'),
      amount: fc.integer({ min: 2, max: 3_000 }),
      // A fortnight around the end of a year: days, week 53, months, quarters and years turn in it, in Shanghai.
      atMs: fc.integer({ min: Date.parse('2026-12-24T00:00Z'), max: Date.parse('2027-01-07T00:00Z') }),
      fails: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reversal' as const, 'void' as const), of }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('refund' as const), of, part: fc.integer({ min: 1, max: 4 }) }) },
)
type Deed = typeof anyDeed extends fc.Arbitrary<infer T> ? T : never
type Pay = Extract<Deed, { do: 'pay' }>

const documentOf = ({ own, shared, budget, restore }: Rules): Campaign => {
  const benefit = { type: 'percent', tiers: [{ atLeast: 0, payPpm: 500_000 }] }
  const offer = { code: 'O', name: 'n', kind: 'amount', budget, rule: { benefit, limits: own, refund: { restore } } }
  const json = { code: 'C', name: 'n', timeZone: 'Asia/Shanghai', from: '2026-01-01', paymentMode: 'postpay', funders: [{ partner: 'B', sharePpm: 1_000_000 }], limits: shared, offers: [offer] } // prettier-ignore
  const parsed = parseCampaign(JSON.parse(JSON.stringify(json)))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.campaign
}

/** Shanghai has had one offset since 1991, so that dates are sums here. */
function periodOf(atMs: number, period: (typeof PERIODS)[number]): string {
  const there = new Date(atMs + 8 * 3_600_000)
  const date = there.toISOString()
  if (period === 'total') return ''
  if (period === 'day') return date.slice(0, 10)
  if (period === 'month') return date.slice(0, 7)
  if (period === 'year') return date.slice(0, 4)
  if (period === 'quarter') return `${date.slice(0, 4)}q${Math.floor(there.getUTCMonth() / 3)}`
  const monday = there.getTime() - ((there.getUTCDay() + 6) % 7) * 86_400_000
  return new Date(monday).toISOString().slice(0, 10)
}

interface Kept {
  pay: Pay
  serial: string
  discount: number
  refunded: number
  parts: number
  state: 'confirmed' | 'undone'
}

/** The books kept by hand: what was given and taken back, payment by payment, summed anew whenever it is asked. */
class Ledger {
  private readonly entries: { counter: string; fen: number; count: number }[] = []
  private readonly limits: AnyLimit[]

  constructor(rules: Rules) {
    const whole = { per: [], period: 'total', measure: 'discount', onShort: 'refuse' } as const
    const budget = rules.budget === undefined ? [] : withIds([{ ...whole, per: [], ...rules.budget }], 'BUDGET-')
    this.limits = [...rules.own, ...rules.shared, ...budget]
  }

  private counter({ id, per, period }: AnyLimit, pay: Pay): string {
    return [id, ...per.map((dimension) => pay[dimension]), periodOf(pay.atMs, period)].join('|')
  }

  private taken(counter: string): { fen: number; count: number } {
    const own = this.entries.filter((entry) => entry.counter === counter)
    return { fen: own.reduce((sum, { fen }) => sum + fen, 0), count: own.reduce((sum, { count }) => sum + count, 0) }
  }

  /** What there is room for: counts first, then cut by the limits that clip, then everything else must take it. 0: nothing. */
  room(pay: Pay): number {
    const half = Math.floor(pay.amount / 2)
    const left = this.limits.map((limit) => {
      const { fen, count } = this.taken(this.counter(limit, pay))
      return { limit, fen: (limit.amount ?? Infinity) - fen, count: (limit.count ?? Infinity) - count }
    })
    if (left.some(({ count }) => count < 1)) return 0
    const cut = Math.min(half, ...left.filter(({ limit }) => limit.onShort === 'clip').map(({ fen }) => fen))
    if (cut <= 0) return 0
    return left.every(({ limit, fen }) => (limit.measure === 'gross' ? pay.amount : cut) <= fen) ? cut : 0
  }

  book(pay: Pay, discount: number, gross: number, count: number): void {
    for (const limit of this.limits)
      this.entries.push({ counter: this.counter(limit, pay), fen: limit.measure === 'gross' ? gross : discount, count })
  }

  exceeded(): string[] {
    return this.limits.flatMap((limit) =>
      [...new Set(this.entries.map(({ counter }) => counter))]
        .filter((counter) => counter.startsWith(`${limit.id}|`) || counter === limit.id)
        .filter((counter) => {
          const { fen, count } = this.taken(counter)
          return fen > (limit.amount ?? Infinity) || count > (limit.count ?? Infinity) || fen < 0 || count < 0
        }),
    )
  }
}

class Run {
  private readonly evaluator: Evaluator
  private readonly ledger: Ledger
  private readonly kept: Kept[] = []
  private n = 0
  readonly met = { given: 0, cut: 0, refused: 0, undone: 0, refunded: 0 }

  constructor(private readonly rules: Rules) {
    this.evaluator = new Evaluator({ campaigns: [documentOf(rules)], explain: true })
    this.ledger = new Ledger(rules)
  }

  act(deed: Deed): void {
    this.n += 1
    if (deed.do === 'pay') this.pay(deed)
    else {
      const payment = this.kept.at(-1 - deed.of)
      if (payment === undefined || payment.state === 'undone') return
      if (deed.do === 'refund') this.refund(payment, deed.part)
      else if (payment.refunded === 0) this.undo(payment, deed.do)
    }
    expect(this.ledger.exceeded()).toEqual([])
  }

  private pay(pay: Pay): void {
    const serial = `S${this.n}`
    const { merchant, amount, card, atMs } = pay
    const room = this.ledger.room(pay)
    const body = { serial, merchant, amount, paymentMethod: 'qr', card: { token: card }, at: new Date(atMs).toISOString(), outcome: pay.fails ? 'failure' : 'success' } // prettier-ignore
    const answer = this.evaluator.line(paymentLine.parse(body))
    expect(answer).toMatchObject({ discount: room })
    if (room === 0) {
      expect(answer).toMatchObject({ state: 'no_offer', reasons: [{ reason: expect.stringMatching(/^(limit|budget)_exhausted$/) as string }] }) // prettier-ignore
      this.met.refused += 1
      return
    }
    this.met.given += 1
    if (room < Math.floor(amount / 2)) this.met.cut += 1
    expect(answer).toMatchObject({ state: pay.fails ? 'cancelled' : 'confirmed' })
    if (pay.fails) return
    this.ledger.book(pay, room, amount, 1)
    this.kept.push({ pay, serial, discount: room, refunded: 0, parts: 0, state: 'confirmed' })
  }

  private undo(payment: Kept, event: 'reversal' | 'void'): void {
    const { pay, serial, discount } = payment
    this.evaluator.line(eventLine.parse({ event, originalSerial: serial, serial: `R${this.n}` }))
    const givesCount = event === 'reversal' || this.rules.restore.void
    this.ledger.book(pay, -discount, -pay.amount, givesCount ? -1 : 0)
    payment.state = 'undone'
    this.met.undone += 1
  }

  /** In quarters of the payment, the last one being what is left. */
  private refund(payment: Kept, part: number): void {
    const { pay, serial, discount } = payment
    const left = pay.amount - payment.refunded
    const amount = Math.min(left, Math.max(1, Math.ceil((pay.amount * part) / 4)))
    const answer = this.evaluator.line(eventLine.parse({ event: 'refund', originalSerial: serial, serial: `R${this.n}`, amount })) // prettier-ignore
    const payerSoFar = (refunded: number) => Math.floor((2 * refunded * (pay.amount - discount) + pay.amount) / (2 * pay.amount)) // prettier-ignore
    const payer = payerSoFar(payment.refunded + amount) - payerSoFar(payment.refunded)
    expect(answer).toMatchObject({ payable: payer, discount: amount - payer })
    const last = amount === left
    const { restore } = this.rules
    const givesCount = last && (restore.count === true || (restore.count === 'fullRefundOnly' && payment.parts === 0))
    this.ledger.book(pay, restore.amount ? -(amount - payer) : 0, restore.amount ? -amount : 0, givesCount ? -1 : 0)
    payment.refunded += amount
    payment.parts += 1
    if (last) payment.state = 'undone'
    this.met.refunded += 1
  }
}

test('limits and budgets are never exceeded, and nothing is refused while there is room, whatever is undone on the way', () => {
  const met: Run['met'] = { given: 0, cut: 0, refused: 0, undone: 0, refunded: 0 }
  fc.assert(
    fc.property(anyRules, fc.array(anyDeed, { minLength: 5, maxLength: 40 }), (rules, deeds) => {
      const run = new Run(rules)
      for (const deed of deeds) run.act(deed)
      for (const key of Object.keys(met) as (keyof typeof met)[]) met[key] += run.met[key]
    }),
    { numRuns: 500 },
  )
  for (const times of Object.values(met)) expect(times).toBeGreaterThan(0)
})
