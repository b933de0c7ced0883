import {
  backtestReport,
  type AnyOutputLine,
  type Campaign,
  type EventLine,
  type OutputLine,
  type PaymentLine,
} from '@lijian/contracts/marketing'
import { Evaluator } from '@lijian/evaluator'
import fc from 'fast-check'
import { Backtest } from './backtest'
import { anyDocuments, anyLines } from './testing/world'

type Line = PaymentLine | EventLine
const MERCHANTS = ['M1', 'M2'].map((id) => ({
  id,
  name: `shop ${id}`,
  status: 'active' as const,
  fees: { default: { ppm: 6_000 } },
  feeOnRefund: 'return' as const,
}))

function run(lines: readonly Line[], ...sides: Campaign[][]) {
  const balances = new Map([['CCB', 5_000]])
  const evaluators = sides.map(
    (campaigns) => new Evaluator({ campaigns, merchants: MERCHANTS, balances, explain: true }),
  )
  const [campaigns, against] = sides
  const backtest = new Backtest({ campaigns: campaigns!, against, merchants: MERCHANTS, balances })
  const answers = lines.map((line) => {
    const all = evaluators.map((evaluator) => evaluator.line(line))
    backtest.add(line, all)
    return all[0]!
  })
  return { report: backtestReport.parse(backtest.report()), answers }
}

const dayIn = (zone: string, at: string) => new Intl.DateTimeFormat('sv', { timeZone: zone }).format(Date.parse(at))
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0)

/** The sums of evaluate's lines, added up in the plainest way: payments and events once per serial, originals looked up. */
function plainly(lines: readonly Line[], answers: readonly AnyOutputLine[], zone: string) {
  const sums = { day: new Map<string, number>(), merchant: new Map<string, number>(), offer: new Map<string, number>(), funder: new Map<string, number>() } // prettier-ignore
  const add = (map: Map<string, number>, key: string, fen: number) => map.set(key, (map.get(key) ?? 0) + fen)
  const payments = new Map<string, PaymentLine>()
  const done = new Set<string>()
  lines.forEach((line, n) => {
    const answer = answers[n]!
    if (!('event' in line) && answer.state !== 'error') payments.set(line.serial, line)
    const once = `${'event' in line ? 'event' : 'payment'} ${line.serial}`
    if (!('offers' in answer) || answer.state === 'no_offer' || answer.state === 'cancelled' || done.has(once)) return
    done.add(once)
    const sign = 'event' in line ? -1 : 1
    const original = 'event' in line ? payments.get(line.originalSerial)! : line
    for (const { code, discount, funders } of answer.offers) {
      add(sums.day, dayIn(zone, line.at ?? original.at), sign * discount)
      add(sums.merchant, original.merchant, sign * discount)
      add(sums.offer, code, sign * discount)
      for (const { partner, amount } of funders) add(sums.funder, partner, sign * amount)
    }
  })
  return sums
}

const pairs = (map: Map<string, number>) => [...map].filter(([, fen]) => fen !== 0).sort()
const listed = <T extends { discount: number }>(list: readonly T[], key: (entry: T) => string) =>
  pairs(new Map(list.map((entry) => [key(entry), entry.discount])))

test('discount per day, merchant, offer and funder are the sums of the lines of evaluate, and all the same in total', () => {
  const seen = { returned: 0, given: 0, repeated: 0 }
  fc.assert(
    fc.property(anyDocuments, anyLines, (campaigns, lines) => {
      const { report, answers } = run(lines, campaigns)
      const { totals, days, merchants, offers, funders } = report.a
      const plain = plainly(lines, answers, report.timeZone)
      expect(listed(days, ({ date }) => date)).toEqual(pairs(plain.day))
      expect(listed(merchants, ({ merchant }) => merchant)).toEqual(pairs(plain.merchant))
      expect(listed(offers, ({ offer }) => offer)).toEqual(pairs(plain.offer))
      expect(listed(funders, ({ partner }) => partner)).toEqual(pairs(plain.funder))
      for (const list of [days, merchants, offers, funders])
        for (const key of ['given', 'returned', 'discount'] as const)
          expect(sum(list.map((entry) => entry[key]))).toBe(totals[key])
      expect(totals.instant + totals.rebate + totals.feeSaved).toBe(totals.discount)
      for (const key of ['given', 'returned'] as const) {
        expect(sum(report.a.summaries.map((one) => one[key]))).toBe(report.days.length === 0 ? 0 : totals[key])
        for (const one of report.a.summaries)
          for (const list of [one.offers, one.days]) expect(sum(list.map((entry) => entry[key]))).toBe(one[key])
      }
      seen.given += totals.given
      seen.returned += totals.returned
      seen.repeated += report.lines.repeated
    }),
    { numRuns: 200 },
  )
  expect(Math.min(seen.given, seen.returned, seen.repeated)).toBeGreaterThan(0)
})

test('every payment and offer: given, or refused for one reason', () => {
  fc.assert(
    fc.property(anyDocuments, anyLines, (campaigns, lines) => {
      const once = [...new Map(lines.map((line) => [line.serial, line])).values()].filter(
        (line): line is PaymentLine => !('event' in line),
      )
      const { report, answers } = run(once, campaigns)
      const { a, lines: input } = report
      expect([input.payments + input.failed, input.amount]).toEqual([
        once.length,
        sum(once.filter(({ outcome }) => outcome !== 'failure').map(({ amount }) => amount)),
      ])
      const given = (state: string, code: string) =>
        answers.filter((answer) => answer.state === state && (answer as OutputLine).offers.some((o) => o.code === code)).length // prettier-ignore
      for (const { offer, uses, refusals } of a.offers) {
        expect(uses).toBe(given('confirmed', offer))
        expect(uses + given('cancelled', offer) + sum(refusals.map(({ count }) => count))).toBe(once.length)
      }
      expect(sum(a.refusals.map(({ count }) => count))).toBe(
        sum(a.offers.map(({ refusals }) => sum(refusals.map(({ count }) => count)))),
      )
      const reached = once.filter((_, n) => answers[n]!.state === 'confirmed')
      expect(a.totals.paymentsReached).toBe(reached.length)
      const cards = (list: readonly PaymentLine[]) =>
        new Set(list.flatMap(({ card }) => (card === undefined ? [] : [JSON.stringify(card)]))).size
      expect([input.cards, a.totals.cardsReached]).toEqual([
        cards(once.filter(({ outcome }) => outcome !== 'failure')),
        cards(reached),
      ])
      for (const { campaign, uses, amount, days, offers, payments, paymentDays } of a.summaries) {
        const mine = once.filter((_, n) => {
          const answer = answers[n]! as OutputLine
          return answer.state === 'confirmed' && answer.offers.some((offer) => offer.campaign === campaign)
        })
        expect([uses, amount]).toEqual([mine.length, sum(mine.map((one) => one.amount))])
        expect([sum(days.map((day) => day.uses)), sum(days.map((day) => day.amount))]).toEqual([uses, amount])
        expect(offers.map((one) => one.uses)).toEqual(offers.map(({ offer }) => given('confirmed', offer)))
        expect([payments, paymentDays]).toEqual([input.payments, report.days.length])
      }
      expect(sum(a.discounts.map(({ payments }) => payments))).toBe(reached.length)
      for (const { days, spent, uses } of a.budgets)
        expect([sum(days.map((day) => day.spent)), sum(days.map((day) => day.uses))]).toEqual([spent, uses])
    }),
    { numRuns: 200 },
  )
})

test('A against A: the same report twice, every difference zero', () => {
  fc.assert(
    fc.property(anyDocuments, anyLines, (campaigns, lines) => {
      const { report } = run(lines, campaigns, campaigns)
      expect(report.b).toEqual(report.a)
      for (const list of Object.values(report.difference!))
        for (const { a, b, difference } of list) expect([b, difference]).toEqual([a, 0])
    }),
    { numRuns: 100 },
  )
})

test('A against B: A is what A alone is, B what B alone is, the difference what lies between', () => {
  fc.assert(
    fc.property(anyDocuments, anyDocuments, anyLines, (one, documents, lines) => {
      // Days are those of A.
      const other = documents.map((document) => ({ ...document, timeZone: one[0]!.timeZone }))
      const { report } = run(lines, one, other)
      expect(report.a).toEqual(run(lines, one).report.a)
      expect(report.b).toEqual(run(lines, other).report.a)
      const { days, funders, totals } = report.difference!
      for (const list of [days, funders])
        expect(sum(list.map(({ difference }) => difference))).toBe(totals.find(({ key }) => key === 'discount')!.difference) // prettier-ignore
    }),
    { numRuns: 100 },
  )
})
