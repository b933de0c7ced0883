import type { Campaign } from '@lijian/contracts/marketing'

/** A campaign with one amount offer 满100减15 unless changed; the tests' words are budgets and limits. */
export function campaign(change: Partial<Campaign> = {}, offer: Partial<Campaign['offers'][number]> = {}): Campaign {
  return {
    code: 'CCB-Q4',
    name: '建行秋季立减',
    timeZone: 'Asia/Shanghai',
    from: '2020-01-01',
    currency: 'CNY',
    paymentMode: 'postpay',
    funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
    offers: [
      {
        code: 'FOOD',
        name: '满100减15',
        kind: 'amount',
        rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
        ...offer,
      } as Campaign['offers'][number],
    ],
    ...change,
  }
}

export const feeOffer = (change: object = {}): Campaign['offers'][number] => ({
  code: 'FEE',
  name: '手续费全免',
  kind: 'fee',
  rule: { benefit: { type: 'waive' } },
  ...change,
})
