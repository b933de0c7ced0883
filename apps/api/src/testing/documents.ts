/** 满100减15 at M0001, all year, for everybody: the smallest campaign that gives something. */
export const campaign = (changed: Record<string, unknown> = {}, offer: Record<string, unknown> = {}) => ({
  code: 'CCB',
  name: '建行立减',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  paymentMode: 'postpay',
  funders: [
    { partner: 'CCB', sharePpm: 700_000 },
    { partner: '@merchant', sharePpm: 300_000 },
  ],
  budget: { amount: 1_000_000 },
  offers: [
    {
      code: 'FOOD',
      name: '餐饮满100减15',
      kind: 'amount',
      merchants: ['M0001'],
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } },
      ...offer,
    },
  ],
  ...changed,
})

export const merchant = { id: 'M0001', name: 'Noodle house', fees: { default: { ppm: 6000 } } }

export const payment = (serial: string, changed: Record<string, unknown> = {}) => ({
  serial,
  merchant: 'M0001',
  amount: 10_000,
  paymentMethod: 'swipe',
  ...changed,
})

/** An answer with the reasons that concern the offers of one merchant: a test names offers after the merchant they are for. */
export function aboutOffersOf(merchantId: string, answer: Record<string, unknown>): Record<string, unknown> {
  const reasons = answer.reasons as { offer?: string }[] | undefined
  return reasons ? { ...answer, reasons: reasons.filter(({ offer }) => offer?.startsWith(merchantId)) } : answer
}
