import type { Draw, Offer } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { compileCatalog } from './compile'
import { rank } from './rank'
import { screen } from './conditions'
import type { Catalog, PaymentFacts } from './types'
import { amountOffer, campaign, DRAW_KEY, payment, price } from './testing/documents'

const AMOUNT_FEN = 1_000_000_000
const off = (draw: Draw, code = 'O1') => amountOffer({ benefit: { type: 'reduce', tiers: [{ atLeast: 0, off: draw }] } }, { code }) // prettier-ignore
const pay = (draw: Draw) => amountOffer({ benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: draw }] } })

const catalogOf = (offers: Offer[]): Catalog =>
  compileCatalog({
    campaigns: [{ document: campaign(offers), version: 7, approved: true, suspended: false, suspendedOffers: [] }],
    cardGroups: [],
    drawKey: DRAW_KEY,
  })

/** What each offer gives to that payment, by its code. */
function given(catalog: Catalog, changed: Partial<PaymentFacts>): Map<string, number> {
  const facts = payment({ amountFen: AMOUNT_FEN, ...changed })
  const { candidates } = rank(screen(catalog, facts, false).passed, facts, price(facts.amountFen), false)
  return new Map(candidates.map(({ offer, discountFen }) => [offer.code, discountFen]))
}

const DRAWS = 20_000
function histogram(offer: Offer, valueOf: (discountFen: number) => number): Map<number, number> {
  const catalog = catalogOf([offer])
  const times = new Map<number, number>()
  for (let n = 0; n < DRAWS; n++) {
    const value = valueOf(given(catalog, { serial: `CHI-${n}` }).get(offer.code)!)
    times.set(value, (times.get(value) ?? 0) + 1)
  }
  return times
}

/** χ² of what was drawn against what was to be expected of each value; values that must not come are an error. */
function chiSquare(times: Map<number, number>, expected: Map<number, number>): number {
  for (const value of times.keys()) if (!expected.has(value)) throw new Error(`drew ${value}, which is in no layer`)
  return [...expected].reduce((sum, [value, share]) => sum + ((times.get(value) ?? 0) - share) ** 2 / share, 0)
}

/** The bound that a fair draw passes 999 times of 1,000 (Wilson and Hilferty). The seeds are fixed: it passes always or never. */
function bound(degrees: number): number {
  const part = 2 / (9 * degrees)
  return degrees * (1 - part + 3.09 * Math.sqrt(part)) ** 3
}

/** How often each value is to be expected, by the words of DESIGN: a layer by its weight, then a value of it like any other. */
function expectedOf(draw: Draw, defaultStep: number): Map<number, number> {
  const layers = 'layers' in draw ? draw.layers : [{ weight: 1, ...draw }]
  const weights = layers.reduce((sum, { weight }) => sum + weight, 0)
  const expected = new Map<number, number>()
  for (const { weight, min, max, step = defaultStep } of layers) {
    const values: number[] = []
    for (let value = min; value <= max; value += step) values.push(value)
    for (const value of values)
      expected.set(value, (expected.get(value) ?? 0) + (DRAWS * weight) / weights / values.length)
  }
  return expected
}

test.each<[string, Draw]>([
  ['满100减10-15, by the fen', { min: 1_000, max: 1_500 }],
  ['15-35 by 1.00', { min: 1_500, max: 3_500, step: 100 }],
  ['a max that no step reaches', { min: 100, max: 199, step: 7 }],
  ['two values', { min: 1, max: 2 }],
  ['one value', { min: 500, max: 500 }],
  [
    'layers 70 : 25 : 5',
    {
      layers: [
        { weight: 70, min: 500, max: 520 },
        { weight: 25, min: 600, max: 700, step: 10 },
        { weight: 5, min: 800, max: 803 },
      ],
    },
  ],
  [
    'layers that overlap',
    {
      layers: [
        { weight: 1, min: 1, max: 20 },
        { weight: 2, min: 11, max: 30 },
      ],
    },
  ],
  ['a hundred layers', { layers: Array.from({ length: 100 }, (_, i) => ({ weight: i + 1, min: i + 1, max: i + 1 })) }],
])('χ²: %s', (_, draw) => {
  const expected = expectedOf(draw, 1)
  const found = chiSquare(
    histogram(off(draw), (fen) => fen),
    expected,
  )
  expect(found).toBeLessThanOrEqual(bound(Math.max(1, expected.size - 1)))
})

test.each<[string, Draw]>([
  ['5折 to 8折 by 1 %, the step that is meant when none is named', { min: 500_000, max: 800_000 }],
  ['by half a percent', { min: 500_000, max: 800_000, step: 5_000 }],
  [
    'layered odds',
    {
      layers: [
        { weight: 70, min: 700_000, max: 800_000 },
        { weight: 25, min: 600_000, max: 690_000 },
        { weight: 5, min: 500_000, max: 590_000 },
      ],
    },
  ],
])('χ² of payPpm: %s', (_, draw) => {
  const expected = expectedOf(draw, 10_000)
  const found = chiSquare(
    histogram(pay(draw), (fen) => 1_000_000 - fen / (AMOUNT_FEN / 1_000_000)),
    expected,
  )
  expect(found).toBeLessThanOrEqual(bound(expected.size - 1))
})

test('χ²: what one offer draws says nothing of what another draws for the same payment', () => {
  const span = { min: 1, max: 10 }
  const catalog = catalogOf([off(span, 'O1'), off(span, 'O2')])
  const times = new Map<number, number>()
  for (let n = 0; n < DRAWS; n++) {
    const both = given(catalog, { serial: `CHI-${n}` })
    const pair = both.get('O1')! * 100 + both.get('O2')!
    times.set(pair, (times.get(pair) ?? 0) + 1)
  }
  const expected = new Map<number, number>()
  for (let a = 1; a <= 10; a++) for (let b = 1; b <= 10; b++) expected.set(a * 100 + b, DRAWS / 100)
  expect(chiSquare(times, expected)).toBeLessThanOrEqual(bound(99))
})

test.each([
  ['a card each', (n: number) => ({ cardToken: `cd_${n}`, place: 0 })],
  ['five days of a card', (n: number) => ({ cardToken: `cd_${Math.floor(n / 5)}`, place: 0, day: n % 5 })],
  ['ten uses of a day', (n: number) => ({ cardToken: `cd_${n % 2000}`, place: Math.floor(n / 2000) })],
])('χ² of draws by person: %s', (_, person) => {
  const span = { layers: [{ weight: 7, min: 1, max: 20 }, { weight: 3, min: 21, max: 25 }] } // prettier-ignore
  const benefit = { type: 'reduce' as const, tiers: [{ atLeast: 0, off: span }] }
  const offer = amountOffer({ benefit, limits: [{ per: ['card'], period: 'day', count: 20 }] }, { code: 'O1' })
  const catalog = catalogOf([offer])
  const times = new Map<number, number>()
  for (let n = 0; n < DRAWS; n++) {
    const { cardToken, place, day = 0 } = person(n) as { cardToken: string; place: number; day?: number }
    const atMs = Date.parse('2026-11-23T04:00:00Z') + day * 86_400_000
    const facts = { serial: 'ALWAYS', cardToken, atMs, drawPlaces: { [`${campaign([]).code}/O1`]: place } }
    const value = given(catalog, facts).get('O1')!
    times.set(value, (times.get(value) ?? 0) + 1)
  }
  const expected = expectedOf(span, 1)
  expect(chiSquare(times, expected)).toBeLessThanOrEqual(bound(expected.size - 1))
})

test('χ² finds a draw that is not fair', () => {
  const fair = { min: 1, max: 10 }
  const times = histogram(off(fair), (fen) => fen)
  const one = times.get(1)!
  times.set(1, one + Math.floor(one / 4)).set(2, times.get(2)! - Math.floor(one / 4))
  expect(chiSquare(times, expectedOf(fair, 1))).toBeGreaterThan(bound(9))
})

const anyDraw: fc.Arbitrary<Draw> = fc
  .array(
    fc.record({
      weight: fc.integer({ min: 1, max: 9 }),
      min: fc.integer({ min: 1, max: 900 }),
      more: fc.nat({ max: 500 }),
      step: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 4 },
  ) // prettier-ignore
  .map((layers) => ({ layers: layers.map(({ more, ...layer }) => ({ ...layer, max: layer.min + more })) }))

test('a retry draws the same, from a catalog compiled anew too, whatever else is said of the payment; and always a value of a layer', () =>
  fc.assert(
    fc.property(anyDraw, fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,30}$/), (draw, serial) => {
      const offer = off(draw)
      const catalog = catalogOf([offer])
      const first = given(catalog, { serial }).get('O1')!
      const elsewhere = {
        serial,
        amountFen: AMOUNT_FEN * 3,
        merchant: 'M0002',
        cardToken: 'token-of-card-0009',
        atMs: Date.parse('2026-12-01T08:00:00+08:00'),
      }
      expect(given(catalog, { serial }).get('O1')).toBe(first)
      expect(given(catalogOf([offer]), elsewhere).get('O1')).toBe(first)
      expect(expectedOf(draw, 1).has(first)).toBe(true)
    }),
  ))
