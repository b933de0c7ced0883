import type { AmountBenefit, Campaign } from '@lijian/contracts/marketing'
import { CounterBook } from '@lijian/limits'
import { compileCatalog, screen, type Catalog, type PaymentFacts } from '@lijian/rules'
import fc from 'fast-check'
import { Evaluation } from './evaluation'
import { grantOffers } from './grant'
import { anyCampaigns } from './testing/arbitraries'

/** The benefits of the random documents, each alone in a campaign: no condition, no limit. */
const anyBenefit: fc.Arbitrary<AmountBenefit> = anyCampaigns
  .map((campaigns) => campaigns.flatMap(({ offers }) => offers.flatMap((o) => (o.kind === 'amount' ? [o.rule] : []))))
  .filter((rules) => rules.length > 0)
  .map((rules) => rules[0]!.benefit)

function catalogOf(benefit: AmountBenefit): Catalog {
  const document: Campaign = {
    code: 'C',
    name: 'n',
    timeZone: 'UTC',
    from: '2026-01-01',
    currency: 'CNY',
    paymentMode: 'postpay',
    funders: [{ partner: 'B', sharePpm: 1_000_000 }],
    offers: [{ code: 'O', name: 'n', kind: 'amount', rule: { benefit } }],
  }
  return compileCatalog({
    campaigns: [{ document, version: 1, approved: true, suspended: false, suspendedOffers: [] }],
    cardGroups: [],
    drawKey: Buffer.alloc(32),
  })
}

function payableFen(catalog: Catalog, amountFen: number): number {
  const facts: PaymentFacts = { client: 'T', serial: 'S', merchant: 'M', amountFen, currency: 'CNY', paymentMethod: 'qr', atMs: 1.79e12 } // prettier-ignore
  const evaluation = new Evaluation({
    facts,
    screening: screen(catalog, facts, false),
    fees: undefined,
    explain: false,
  })
  return amountFen - grantOffers(new CounterBook(), evaluation, 'used').discountFen
}

/** Where the document says that something new begins: a tier, each multiple of an `every`, the price of a fixed price and its end. */
function isToldBetween(benefit: AmountBenefit, lowerFen: number, upperFen: number): boolean {
  const inside = (fen: number) => fen > lowerFen && fen <= upperFen
  if (benefit.type === 'fixedPrice') return false
  return benefit.tiers.some(
    (tier) =>
      inside(tier.atLeast) ||
      ('every' in tier &&
        tier.every === true &&
        Math.floor(upperFen / tier.atLeast) > Math.floor(lowerFen / tier.atLeast)),
  )
}

/** Amounts close to the thresholds, where a promise would break if it broke. */
function amountsOf(benefit: AmountBenefit): fc.Arbitrary<number> {
  const edges = benefit.type === 'fixedPrice' ? [benefit.price, benefit.upTo ?? 10_000] : benefit.tiers.map(({ atLeast }) => atLeast) // prettier-ignore
  const near = fc
    .tuple(fc.constantFrom(...edges), fc.integer({ min: 0, max: 3 }), fc.integer({ min: -30, max: 30 }))
    .map(([edge, times, away]) => Math.max(1, edge * (times + 1) + away))
  return fc.oneof(near, fc.integer({ min: 1, max: 80_000 }), fc.integer({ min: 1, max: 10_000_000_000 }))
}

const anyRaise = anyBenefit.chain((benefit) =>
  fc.record({ benefit: fc.constant(benefit), amountFen: amountsOf(benefit), otherFen: amountsOf(benefit) }),
)

test('who buys more pays no less, unless a tier in between says so', () => {
  let told = 0
  fc.assert(
    fc.property(anyRaise, ({ benefit, amountFen, otherFen }) => {
      const [less, more] = amountFen < otherFen ? [amountFen, otherFen] : [otherFen, amountFen]
      const catalog = catalogOf(benefit)
      const [paysLess, paysMore] = [payableFen(catalog, less), payableFen(catalog, more)]
      if (isToldBetween(benefit, less, more)) told += Number(paysMore < paysLess)
      else expect({ less, more, fallsBy: Math.max(0, paysLess - paysMore) }).toEqual({ less, more, fallsBy: 0 })
    }),
    { numRuns: 3_000 },
  )
  expect(told).toBeGreaterThan(0)
})

test('nobody pays less than what his tier promises at its threshold', () =>
  fc.assert(
    fc.property(anyRaise, ({ benefit, amountFen }) => {
      const tiers = benefit.type === 'fixedPrice' ? [] : benefit.tiers
      const reached = tiers.filter(({ atLeast }) => atLeast <= amountFen && atLeast > 0)
      fc.pre(reached.length > 0)
      const tier = reached.at(-1)!
      // With `every` the promise is that of the last full multiple.
      const every = 'every' in tier && tier.every === true
      const startFen = every ? Math.floor(amountFen / tier.atLeast) * tier.atLeast : tier.atLeast
      const catalog = catalogOf(benefit)
      expect(payableFen(catalog, amountFen)).toBeGreaterThanOrEqual(payableFen(catalog, startFen))
    }),
    { numRuns: 1_500 },
  ))

test('what is paid lies between the least that stays payable and the amount', () =>
  fc.assert(
    fc.property(anyRaise, ({ benefit, amountFen }) => {
      const catalog = catalogOf(benefit)
      const payable = payableFen(catalog, amountFen)
      expect(payable).toBeLessThanOrEqual(amountFen)
      expect(payable).toBeGreaterThanOrEqual(Math.min(amountFen, benefit.minPayable ?? 1))
    }),
    { numRuns: 1_500 },
  ))
