import { inspect } from 'node:util'
import type { Campaign } from '@lijian/contracts/marketing'
import { compileCatalog } from './compile'
import { rank } from './rank'
import { screen } from './conditions'
import type { PaymentFacts } from './types'
import { amountOffer, campaign, DRAW_KEY, outcome, payment, price } from './testing/documents'

// The expected values were computed apart from this code: Python's hmac over the same JSON text, big-endian bytes 8 to 15 × n >> 64.
const onTier = (atLeast: number, off: object) =>
  campaign([amountOffer({ benefit: { type: 'reduce', tiers: [{ atLeast, off }] } as never })])
const drawn = (document: Campaign, changed: Partial<PaymentFacts>) => outcome(document, payment(changed))

test.each`
  serial           | fen
  ${'T1'}          | ${1_210}
  ${'T2'}          | ${1_358}
  ${'T3'}          | ${1_122}
  ${'T4'}          | ${1_308}
  ${'T5'}          | ${1_131}
  ${'S-2026:0001'} | ${1_204}
  ${'E4'}          | ${1_500}
  ${'E675'}        | ${1_000}
`('满100减10-15: $serial draws $fen fen', ({ serial, fen }) =>
  expect(drawn(onTier(10_000, { min: 1_000, max: 1_500 }), { serial })).toBe(fen),
)

test.each`
  serial  | amountFen | fen
  ${'T1'} | ${9_999}  | ${'amount_below_minimum'}
  ${'T1'} | ${10_000} | ${1_210}
  ${'T1'} | ${19_999} | ${1_210}
  ${'T1'} | ${20_000} | ${2_300}
  ${'T2'} | ${20_000} | ${3_000}
  ${'T3'} | ${20_000} | ${2_000}
  ${'T4'} | ${20_000} | ${2_700}
`('满100减10-15, 满200减15-35 by 1.00: $serial on $amountFen draws $fen', ({ serial, amountFen, fen }) => {
  const benefit = {
    type: 'reduce' as const,
    tiers: [
      { atLeast: 10_000, off: { min: 1_000, max: 1_500 } },
      { atLeast: 20_000, off: { min: 1_500, max: 3_500, step: 100 } },
    ],
  }
  expect(drawn(campaign([amountOffer({ benefit })]), { serial, amountFen })).toBe(fen)
})

test.each`
  serial  | fen
  ${'T1'} | ${1_400}
  ${'T2'} | ${900}
  ${'T3'} | ${1_700}
`('8折 to 9.5折 by 1%: $serial saves $fen of 100.00', ({ serial, fen }) => {
  const benefit = { type: 'percent' as const, tiers: [{ atLeast: 0, payPpm: { min: 800_000, max: 950_000 } }] }
  expect(drawn(campaign([amountOffer({ benefit })]), { serial })).toBe(fen)
})

test('another client, offer code or rule version is another draw; a retry is not', () => {
  const draw = (client: string, code: string, version: number) => {
    const document = onTier(10_000, { min: 1_000, max: 1_500 })
    document.offers[0]!.code = code
    const state = { version, approved: true, suspended: false, suspendedOffers: [] }
    const catalog = compileCatalog({ campaigns: [{ document, ...state }], cardGroups: [], drawKey: DRAW_KEY })
    const facts = payment({ client })
    const { passed } = screen(catalog, facts, false)
    return rank(passed, facts, price(10_000), false).candidates[0]!.discountFen
  }
  expect(draw('POS', 'O1', 7)).toBe(1_210)
  expect(draw('POS', 'O1', 7)).toBe(1_210)
  expect(draw('APP', 'O1', 7)).toBe(1_205)
  expect(draw('POS', 'O2', 7)).toBe(1_390)
  expect(draw('POS', 'O1', 8)).toBe(1_345)
})

test('printing an offer does not print the draw key', () => {
  const catalog = compileCatalog({
    campaigns: [
      { document: onTier(1, { min: 1, max: 2 }), version: 1, approved: true, suspended: false, suspendedOffers: [] },
    ],
    cardGroups: [],
    drawKey: DRAW_KEY,
  })
  for (const text of [inspect(catalog, { depth: 9 }), JSON.stringify(catalog)]) {
    expect(text).not.toContain('draw-key-of-the-tests')
    expect(text).not.toContain(DRAW_KEY.toString('hex').slice(0, 12))
    expect(text).not.toContain('64 72 61 77')
  }
})
