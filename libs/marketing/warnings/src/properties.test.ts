import type { Offer } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { expectedCost } from './cost'
import type { AmountDistribution } from './amounts'
import { givenAt } from './given'
import { less, over, plus, rational, text, times, ZERO, type Rational } from './rational'
import { compiled, document, givenLive, offerDocument, parsed, payment, warningsOf } from './testing/documents'
import type { AmountOffer } from './reach'

const MAX = 400
const all = Array.from({ length: MAX }, (_, i) => i + 1)

/** Draws over small numbers, alone and in layers; their max may lie beside the steps. */
const span = (least: number, most: number) =>
  fc
    .record({ a: fc.integer({ min: least, max: most }), b: fc.integer({ min: least, max: most }), step: fc.nat(50) })
    .map(({ a, b, step }) => ({ min: Math.min(a, b), max: Math.max(a, b), step: (step + 1) * Math.ceil(most / 500) }))
const draw = (least: number, most: number) =>
  fc.oneof(
    fc.integer({ min: least, max: most }),
    span(least, most),
    fc
      .array(fc.tuple(span(least, most), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 3 })
      .map((layers) => ({ layers: layers.map(([values, weight]) => ({ weight, ...values })) })),
  )
type AnyDraw = number | { min: number; max: number; step: number } | { layers: AnyLayer[] }
interface AnyLayer {
  weight: number
  min: number
  max: number
  step: number
}

const thresholds = fc.uniqueArray(fc.integer({ min: 1, max: MAX }), { minLength: 1, maxLength: 4 })
const tiersOf = <T>(gift: fc.Arbitrary<T>) =>
  thresholds.chain((at) =>
    fc
      .array(gift, { minLength: at.length, maxLength: at.length })
      .map((gifts) => at.sort((a, b) => a - b).map((atLeast, i) => ({ atLeast, ...gifts[i]! }))),
  )
const more = fc.record(
  { cap: fc.integer({ min: 1, max: 60 }), minPayable: fc.integer({ min: 0, max: 60 }) },
  { requiredKeys: [] },
)
const benefit = fc
  .tuple(
    fc.oneof(
      tiersOf(fc.record({ off: draw(1, 80), every: fc.boolean() })).map((tiers) => ({ type: 'reduce', tiers })),
      tiersOf(fc.record({ payPpm: draw(0, 1_000_000) })).map((tiers) => ({ type: 'percent', tiers })),
      fc
        .tuple(fc.nat(MAX), fc.nat(MAX))
        .map(([price, width]) => ({ type: 'fixedPrice', price, upTo: price + width + 1 })),
    ),
    more,
  )
  .map(([kind, limits]) => ({ ...kind, ...limits }))
const amount = fc
  .tuple(fc.integer({ min: 1, max: MAX }), fc.integer({ min: 1, max: MAX }))
  .map(([a, b]) => ({ min: Math.min(a, b), max: Math.max(a, b) }))
const rule = fc.record({ benefit, conditions: fc.record({ amount }) })
const delivery = fc.constantFrom('instant', 'rebate')

/** Every value of a draw with its chance, one by one. */
function spelledOut(values: AnyDraw, step: number): { value: number; chance: Rational }[] {
  if (typeof values === 'number') return [{ value: values, chance: rational(1) }]
  const layers = 'layers' in values ? values.layers : [{ weight: 1, ...values }]
  const weights = layers.reduce((sum, { weight }) => sum + weight, 0)
  return layers.flatMap((layer) => {
    const list: number[] = []
    for (let value = layer.min; value <= layer.max; value += layer.step ?? step) list.push(value)
    return list.map((value) => ({ value, chance: rational(layer.weight, weights * list.length) }))
  })
}

/** What an offer gives on an amount, slowly: every value that may be drawn, with its chance. */
function outcomes(offer: Offer, amountFen: number): { fen: number; chance: Rational }[] {
  const { min, max } = offer.rule.conditions!.amount as { min: number; max: number }
  const given = offer.rule.benefit as never as Record<string, any>
  if (amountFen < min || amountFen > max) return []
  const least = offer.delivery === 'rebate' ? 0 : (given.minPayable ?? 1)
  const cut = (fen: number) => Math.max(0, Math.min(fen, given.cap ?? fen, amountFen, amountFen - least))
  if (given.type === 'fixedPrice')
    return amountFen > given.price && amountFen <= given.upTo
      ? [{ fen: cut(amountFen - given.price), chance: rational(1) }]
      : []
  const tier = given.tiers.filter(({ atLeast }: { atLeast: number }) => atLeast <= amountFen).at(-1)
  if (tier === undefined) return []
  if ('off' in tier)
    return spelledOut(tier.off, 1).map(({ value, chance }) => ({
      fen: cut(tier.every ? value * Math.floor(amountFen / tier.atLeast) : value),
      chance,
    }))
  return spelledOut(tier.payPpm, 10_000).map(({ value, chance }) => ({
    fen: cut(Number((BigInt(amountFen) * BigInt(1_000_000 - value)) / 1_000_000n)),
    chance,
  }))
}

const offerOf = (of: object, changed: object = {}): AmountOffer =>
  parsed(document([offerDocument('A', of, changed)])).offers[0] as AmountOffer
const mean = (list: { fen: number; chance: Rational }[]): Rational =>
  list.reduce((sum, { fen, chance }) => plus(sum, times(rational(fen), chance)), ZERO)

const points = fc.array(
  fc.record({ amountFen: fc.integer({ min: 1, max: MAX }), weight: fc.integer({ min: 1, max: 5 }) }),
  { minLength: 1, maxLength: 6 },
)

test('expected cost is what spelling out every amount and every draw gives', () =>
  fc.assert(
    fc.property(rule, delivery, points, (of, way, list) => {
      const campaign = parsed(document([offerDocument('A', of, { delivery: way })]))
      const amounts: AmountDistribution = { name: 'drawn', points: list }
      const found = expectedCost(campaign, campaign.offers[0]!, amounts)
      let [weight, sum, chances] = [0, ZERO, ZERO]
      const granted: number[] = []
      for (const point of list) {
        weight += point.weight
        for (const { fen, chance } of outcomes(campaign.offers[0]!, point.amountFen)) {
          if (fen === 0) continue
          sum = plus(sum, times(rational(fen * point.weight), chance))
          chances = plus(chances, times(rational(point.weight), chance))
          granted.push(fen)
        }
      }
      expect(found.meanPerPaymentFen.exact).toBe(text(over(sum, rational(weight))!))
      expect(found.grantedPpm.exact).toBe(text(times(over(chances, rational(weight))!, rational(1_000_000))))
      expect(found.perGrant?.meanFen.exact).toBe(granted.length === 0 ? undefined : text(over(sum, chances)!))
      expect(found.perGrant?.min.fen).toBe(granted.length === 0 ? undefined : Math.min(...granted))
      expect(found.perGrant?.max.fen).toBe(granted.length === 0 ? undefined : Math.max(...granted))
      for (const extreme of ['min', 'max'] as const)
        if (found.perGrant !== undefined) {
          const { fen, atAmountFen } = found.perGrant[extreme]
          expect(outcomes(campaign.offers[0]!, atAmountFen).map((outcome) => outcome.fen)).toContain(fen)
        }
    }),
    { numRuns: 300 },
  ))

test('what is drawn at the live door lies among what is expected', () =>
  fc.assert(
    fc.property(rule, delivery, fc.integer({ min: 1, max: MAX }), fc.nat(1_000), (of, way, amountFen, n) => {
      const campaign = parsed(document([offerDocument('A', of, { delivery: way })]))
      const given = givenLive(compiled(campaign, 'A'), payment({ amountFen, serial: `S${n}` }))
      const possible = outcomes(campaign.offers[0]!, amountFen).map(({ fen }) => fen)
      expect(possible.length === 0 ? [0] : possible).toContain(given)
    }),
    { numRuns: 300 },
  ))

test('a fee offer costs what the live evaluator saves, amount by amount', () =>
  fc.assert(
    fc.property(
      fc.oneof(
        fc.constant({ type: 'waive' }),
        fc.nat(1_000_000).map((ppm) => ({ type: 'percentOff', ppm })),
        fc.nat(20).map((fen) => ({ type: 'fixed', amount: fen })),
        fc
          .tuple(fc.nat(9_000), fc.nat(9), fc.nat(9))
          .map(([ppm, min, on]) => ({ type: 'rate', ppm, min, max: min + on })),
      ),
      fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 }),
      (of, list) => {
        const campaign = parsed(document([offerDocument('A', { benefit: of }, { kind: 'fee' })]))
        const amounts = { name: 'drawn', points: list.map((amountFen) => ({ amountFen, weight: 1 })) }
        const saved = list.map((amountFen) => givenLive(compiled(campaign, 'A'), payment({ amountFen })))
        const sum = saved.reduce((a, b) => a + b, 0)
        expect(expectedCost(campaign, campaign.offers[0]!, amounts).meanPerPaymentFen.exact).toBe(
          text(rational(sum, list.length)),
        )
      },
    ),
  ))

test('a draw of ten thousand million values is summed as exactly as one of ten', () => {
  const off = (step: number) => ({ atLeast: 1, off: { min: 1, max: 10_000_000_000, step } })
  const whole = offerOf({ benefit: { type: 'reduce', tiers: [off(1)] } })
  expect(text(givenAt(whole, 20_000_000_000)!.mean)).toBe('10000000001/2')
  // At most 9,999 may come off 10,000: values 1 … 9,998, then 9,999 for the rest.
  expect(text(givenAt(whole, 10_000)!.mean)).toBe(
    text(rational((9_998n * 9_999n) / 2n + (10_000_000_000n - 9_998n) * 9_999n, 10_000_000_000n)),
  )
})

test('tiers: what is warned about is so at every amount, and what is so is warned about', () =>
  fc.assert(
    fc.property(rule, delivery, (of, way) => {
      const json = document([offerDocument('A', of, { delivery: way, base: 'gross' })])
      const campaign = parsed(json)
      const offer = campaign.offers[0] as AmountOffer
      const found = warningsOf(json)
      const has = (code: string, path = 'offers[0].rule.benefit') =>
        found.some((warning) => warning.code === code && warning.path === path)
      const slow = all.map((fen) => outcomes(offer, fen))
      const most = slow.map((list) => Math.max(0, ...list.map(({ fen }) => fen)))
      const never = most.every((fen) => fen === 0)
      expect(has('offer_never_gives')).toBe(never)
      const tiers = 'tiers' in offer.rule.benefit ? offer.rule.benefit.tiers : []
      if (never) return
      tiers.forEach(({ atLeast }, i) => {
        const path = `offers[0].rule.benefit.tiers[${i}]`
        const chosen = all.filter((fen) => fen >= atLeast && !(fen >= (tiers[i + 1]?.atLeast ?? Infinity)))
        const reached = chosen.filter((fen) => slow[fen - 1]!.length > 0)
        expect(has('tier_never_chosen', path)).toBe(reached.length === 0)
        if (reached.length === 0) return
        expect(has('tier_gives_nothing', path)).toBe(reached.every((fen) => most[fen - 1] === 0))
        const [before, at] = [slow[atLeast - 2] ?? [], slow[atLeast - 1]!]
        if (i === 0 || before.length === 0 || at.length === 0 || has('tier_gives_nothing', path)) return
        expect(has('tier_gives_less', path)).toBe(less(mean(at), mean(before)))
      })
    }),
    { numRuns: 400 },
  ))

test('a promise is cut exactly where the slow definition finds an amount that cuts it', () =>
  fc.assert(
    fc.property(rule, delivery, (of, way) => {
      const json = document([offerDocument('A', of, { delivery: way })])
      const offer = parsed(json).offers[0] as AmountOffer
      const { minPayable: _, ...uncut } = offer.rule.benefit
      const stated = offer.rule.benefit.minPayable !== undefined && way !== 'rebate'
      // Nothing is kept back of what 10^9 would leave: the same rule on the same amount, without the payment's own bound.
      const cutAt = all.filter((fen) => outcomesUncut(uncut, offer, fen) > fen - (way === 'rebate' ? 0 : 1))
      const found = warningsOf(json).filter(({ code }) => code === 'discount_exceeds_payment')
      expect(found.length).toBe(stated || cutAt.length === 0 ? 0 : 1)
      for (const { proof } of found) expect(cutAt).toContain(proof.amountFen)
    }),
    { numRuns: 400 },
  ))

/** The most that may be promised on an amount: benefit and cap alone. */
function outcomesUncut(of: object, offer: AmountOffer, amountFen: number): number {
  const { min, max } = offer.rule.conditions!.amount as { min: number; max: number }
  const given = of as Record<string, any>
  if (amountFen < min || amountFen > max) return 0
  const capped = (fen: number) => Math.min(fen, given.cap ?? fen)
  if (given.type === 'fixedPrice')
    return amountFen > given.price && amountFen <= given.upTo ? capped(amountFen - given.price) : 0
  const tier = given.tiers.filter(({ atLeast }: { atLeast: number }) => atLeast <= amountFen).at(-1)
  if (tier === undefined) return 0
  const values = spelledOut(tier.off ?? tier.payPpm, tier.off === undefined ? 10_000 : 1).map(({ value }) => value)
  const promised =
    tier.off === undefined
      ? values.map((value) => Math.floor((amountFen * (1_000_000 - value)) / 1_000_000))
      : values.map((value) => (tier.every ? value * Math.floor(amountFen / tier.atLeast) : value))
  return capped(Math.max(...promised))
}
