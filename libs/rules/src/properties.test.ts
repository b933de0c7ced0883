import type { Campaign, FeeSchedule } from '@lijian/contracts'
import fc from 'fast-check'
import { compileCatalog, feeFen, parseCampaign, rank, screen, type Candidate, type PaymentFacts } from './index'
import { anyCampaigns, anyFees, anyPayment } from './testing/arbitraries'
import { DRAW_KEY } from './testing/documents'
import { evaluateSlowly, type Reference } from './testing/reference'

const GROUPS = [
  { code: 'G1', bins: ['622700'], cards: [] },
  { code: 'G2', bins: ['6', '43674212'], cards: ['card-token-number-2'] },
  { code: 'G3', bins: [], cards: ['card-token-number-1'] },
]
const VERSION = 3
const everything = (check: (campaigns: Campaign[], facts: PaymentFacts, fees: FeeSchedule | undefined) => void) =>
  fc.assert(fc.property(anyCampaigns, anyPayment, anyFees, check), { numRuns: 1_500 })

function catalogOf(campaigns: Campaign[]) {
  return compileCatalog({
    campaigns: campaigns.map((document) => ({
      document,
      version: VERSION,
      approved: true,
      suspended: false,
      suspendedOffers: [],
    })),
    cardGroups: GROUPS,
    drawKey: DRAW_KEY,
  })
}

/** Both kinds in order: fee offers see what the best amount offer leaves to pay. */
function evaluate(campaigns: Campaign[], facts: PaymentFacts, fees: FeeSchedule | undefined, explain: boolean) {
  const screening = screen(catalogOf(campaigns), facts, explain)
  const amount = rank(screening.passed, 'amount', facts, { payableFen: facts.amountFen }, explain)
  const payableFen = facts.amountFen - (amount.candidates[0]?.discountFen ?? 0)
  const fee = rank(screening.passed, 'fee', facts, { payableFen, fees }, explain)
  return { screening, amount, fee, payableFen }
}

const asReference = ({ grant, charges }: Candidate): Reference['granted'][number] => ({
  code: grant.code,
  discount: grant.discount,
  funders: grant.funders.map(({ partner, amount }) => [partner, amount]),
  counters: charges.map(({ kind, key, amountFen }) => (kind === 'funds' ? `${key} ${amountFen}` : key)),
})

test('random documents are valid, and come out of the parser as they went in', () =>
  everything((campaigns) => {
    for (const campaign of campaigns) expect(parseCampaign(campaign)).toEqual({ ok: true, campaign })
  }))

test('the evaluator and the slow reference agree on every offer, amount, share, counter and reason', () =>
  everything((campaigns, facts, fees) => {
    const { screening, amount, fee, payableFen } = evaluate(campaigns, facts, fees, true)
    const world = { campaigns, groups: GROUPS, version: VERSION, key: DRAW_KEY }
    const slowAmount = evaluateSlowly(world, 'amount', facts, facts.amountFen)
    const slowFee = evaluateSlowly(world, 'fee', facts, payableFen, fees)
    expect(amount.candidates.map(asReference)).toEqual(slowAmount.granted)
    expect(fee.candidates.map(asReference)).toEqual(slowFee.granted)
    const refused = [...screening.refused, ...amount.refused, ...fee.refused].map(
      ({ offer, reason }) => `${offer}: ${reason}`,
    )
    expect(refused.sort()).toEqual([...slowAmount.refused, ...slowFee.refused].sort())
  }))

test('something stays payable, nobody gets more than the base, and shares sum to the discount', () =>
  everything((campaigns, facts, fees) => {
    const { amount, fee, payableFen } = evaluate(campaigns, facts, fees, false)
    for (const { discountFen, offer, grant } of amount.candidates) {
      const { minPayable = 1 } = offer.offer.rule.benefit as { minPayable?: number }
      expect(discountFen).toBeGreaterThan(0)
      expect(facts.amountFen - discountFen).toBeGreaterThanOrEqual(minPayable)
      expect(discountFen).toBeLessThanOrEqual(facts.eligibleFen ?? facts.amountFen)
      expect(grant.funders.reduce((sum, share) => sum + share.amount, 0)).toBe(discountFen)
    }
    for (const { discountFen, grant } of fee.candidates) {
      expect(discountFen).toBeLessThanOrEqual(feeFen(fees, facts.paymentMethod, facts.cardType, payableFen))
      expect(grant.funders.reduce((sum, share) => sum + share.amount, 0)).toBe(discountFen)
    }
  }))

test('asked twice, and explained or not, the answer is the same', () =>
  everything((campaigns, facts, fees) => {
    const bare = ({ amount, fee }: ReturnType<typeof evaluate>) =>
      [amount, fee].map(({ candidates }) => candidates.map(asReference))
    const first = evaluate(campaigns, facts, fees, false)
    expect(bare(evaluate(campaigns, facts, fees, false))).toEqual(bare(first))
    expect(bare(evaluate(campaigns, facts, fees, true))).toEqual(bare(first))
    expect([...first.screening.refused, ...first.amount.refused, ...first.fee.refused]).toEqual([])
  }))

test('explained, every offer stands in exactly one place', () =>
  everything((campaigns, facts) => {
    const { passed, refused } = screen(catalogOf(campaigns), facts, true)
    const places = [...passed.map(({ code }) => code), ...refused.map(({ offer }) => offer)]
    expect(places.sort()).toEqual(campaigns.flatMap(({ offers }) => offers.map(({ code }) => code)).sort())
  }))
