import { parseCampaign, type Campaign } from '@lijian/contracts/marketing'
import { compileOffer, testOffer, benefitFen, type CompiledOffer, type PaymentFacts } from '@lijian/rules'
import { documentWarnings, type WarningOptions } from '../document-warnings'
import type { Warning } from '../warning'

/** One offer 满100减15 with a budget: a document without a warning. What is given replaces what stands there. */
export const offerDocument = (code: string, rule: object = {}, changed: object = {}) => ({
  code,
  name: code,
  kind: 'amount',
  ...changed,
  rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] }, ...rule },
})

export const document = (offers: object[] = [offerDocument('A')], changed: object = {}) => ({
  code: 'C',
  name: 'C',
  timeZone: 'Asia/Shanghai',
  from: '2026-10-01',
  to: '2026-12-31',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  budget: { amount: 100_000_000, count: 100_000 },
  offers,
  ...changed,
})

/** Documents of tests are legal: whatever is warned about, the parser let through. */
export function parsed(json: unknown): Campaign {
  const result = parseCampaign(json)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.campaign
}

export const warningsOf = (json: unknown, options?: WarningOptions): Warning[] =>
  documentWarnings(parsed(json), options).filter(({ code }) => code !== 'expected_cost')

/** `code at path`, one per warning. */
export const placesOf = (json: unknown, options?: WarningOptions): string[] =>
  warningsOf(json, options).map(({ code, path }) => `${code} at ${path}`)

export const compiled = (campaign: Campaign, code: string): CompiledOffer =>
  compileOffer(campaign, 1, code, { cardGroups: [], drawKey: Buffer.alloc(32) })

export const payment = (changed: Partial<PaymentFacts>): PaymentFacts => ({
  client: 'T',
  serial: 'S1',
  merchant: 'M1',
  amountFen: 10_000,
  currency: 'CNY',
  paymentMethod: 'qr',
  atMs: Date.parse('2026-11-23T12:00:00+08:00'),
  ...changed,
})

/** What the live evaluator gives on a payment that nothing has lowered; 0 where it refuses. */
export function givenLive(offer: CompiledOffer, facts: PaymentFacts): number {
  if (testOffer(offer, facts) !== undefined) return 0
  const price = {
    payableFen: facts.amountFen,
    feeSavedFen: 0,
    granted: false,
    closed: false,
    fees: { default: { ppm: 6_000 } },
  }
  const given = benefitFen(offer, facts, price)
  return typeof given === 'number' ? given : 0
}
