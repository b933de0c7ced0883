import { parseCampaign, type Campaign, type CardGroup, type FeeSchedule, type Offer } from '@lijian/contracts/marketing'
import { compileCatalog } from '../compile'
import { rank } from '../rank'
import { screen } from '../conditions'
import type { PaymentFacts, PriceSoFar } from '../types'

export const DRAW_KEY = Buffer.from('draw-key-of-the-tests-32-bytes!!')

export const GROUPS: CardGroup[] = [
  { code: 'CCB-CREDIT', bins: ['622700', '43674212'], cards: [] },
  { code: 'MINE', bins: [], cards: ['token-of-card-0001'] },
  { code: 'OTHER', bins: ['9'], cards: ['token-of-card-0009'] },
]

/** Monday, 12:00 in Shanghai, with a CCB credit card. */
export function payment(changed: Partial<PaymentFacts> = {}): PaymentFacts {
  return {
    client: 'POS',
    serial: 'T1',
    merchant: 'M0001',
    amountFen: 10_000,
    currency: 'CNY',
    paymentMethod: 'qr',
    cardToken: 'token-of-card-0001',
    cardDigits: '622700123456',
    cardType: 'credit',
    cardRegion: 'domestic',
    scheme: 'unionpay',
    pinFree: false,
    customerToken: 'customer-1',
    atMs: Date.parse('2026-11-23T12:00:00+08:00'),
    ...changed,
  }
}

/** Nothing was granted before. */
export const price = (payableFen: number, fees?: FeeSchedule): PriceSoFar => ({
  payableFen,
  feeSavedFen: 0,
  granted: false,
  closed: false,
  fees,
})

type RuleOf<Kind> = Extract<Offer, { kind: Kind }>['rule']

export function amountOffer(rule: Partial<RuleOf<'amount'>> = {}, changed: Partial<Offer> = {}): Offer {
  const benefit = { type: 'reduce' as const, tiers: [{ atLeast: 10_000, off: 1_500 }] }
  return { code: 'O1', name: '满100减15', kind: 'amount', ...changed, rule: { benefit, ...rule } } as Offer
}

export function feeOffer(benefit: RuleOf<'fee'>['benefit'], changed: Partial<Offer> = {}): Offer {
  return { code: 'F1', name: '手续费优惠', kind: 'fee', ...changed, rule: { benefit } } as Offer
}

export function campaign(offers: Offer[], changed: Partial<Campaign> = {}): Campaign {
  return {
    code: 'C1',
    name: '建行秋季立减',
    timeZone: 'Asia/Shanghai',
    from: '2026-10-01',
    to: '2026-12-31',
    currency: 'CNY',
    paymentMode: 'postpay',
    funders: [
      { partner: 'CCB', sharePpm: 700_000 },
      { partner: '@merchant', sharePpm: 300_000 },
    ],
    offers,
    ...changed,
  }
}

/** What the transaction system would be offered: the discount of the best offer, or the reason of the only one. */
export function outcome(document: Campaign, facts: PaymentFacts, fees?: FeeSchedule): number | string {
  const parsed = parseCampaign(document)
  if (!parsed.ok) throw new Error(`the test's document is not valid: ${JSON.stringify(parsed.errors)}`)
  const catalog = compileCatalog({
    campaigns: [{ document: parsed.campaign, version: 7, approved: true, suspended: false, suspendedOffers: [] }],
    cardGroups: GROUPS,
    drawKey: DRAW_KEY,
  })
  const { passed, refused } = screen(catalog, facts, true)
  const ranking = rank(passed, facts, price(facts.amountFen, fees), true)
  return ranking.candidates[0]?.discountFen ?? [...refused, ...ranking.refused][0]!.reason
}
