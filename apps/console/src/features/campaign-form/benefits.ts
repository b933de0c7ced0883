import { partOf, type Json } from './document'

export const KINDS = { amount: ['reduce', 'percent', 'fixedPrice'], fee: ['waive', 'rate', 'percentOff', 'fixed'] }

const FRESH: Readonly<Record<string, Json>> = {
  reduce: { tiers: [{ atLeast: 10_000, off: 1_000 }] },
  percent: { tiers: [{ atLeast: 0, payPpm: 900_000 }] },
  fixedPrice: { price: 990 },
  waive: {},
  rate: { ppm: 3_800 },
  percentOff: { ppm: 100_000 },
  fixed: { amount: 100 },
}

/** Another type of benefit begins anew; what bounds each kind of money off stays. */
export function turnBenefit(benefit: Json, type: unknown): Json {
  const { cap, minPayable } = benefit
  const bounds = KINDS.amount.includes(String(type)) ? { cap, minPayable } : {}
  const kept = Object.entries(bounds).filter(([, value]) => value !== undefined)
  return { type, ...structuredClone(FRESH[String(type)] ?? {}), ...Object.fromEntries(kept) }
}

/** Money off and fee have benefits of their own. */
export function turnKind(offer: Json, kind: unknown): Json {
  const rule = partOf(offer['rule'])
  const benefit = partOf(rule['benefit'])
  const types = KINDS[kind as keyof typeof KINDS] ?? []
  const turned = types.includes(String(benefit['type'])) ? benefit : turnBenefit(benefit, types[0])
  return { ...offer, kind, rule: { ...rule, benefit: turned } }
}

export const freshOffer = (code: string, name?: string): Json => ({
  code,
  ...(name === undefined ? {} : { name }),
  kind: 'amount',
  rule: { benefit: turnBenefit({}, 'reduce') },
})

/** What a person begins with who begins with nothing. */
export function freshCampaign(code: string, today: string): Json {
  return {
    code,
    timeZone: 'Asia/Shanghai',
    from: today,
    paymentMode: 'postpay',
    fundingCycle: 'month',
    funders: [{ sharePpm: 1_000_000 }],
    offers: [freshOffer(`${code}-1`)],
  }
}
