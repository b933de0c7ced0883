import type { Campaign } from '@lijian/contracts/marketing'
import { CampaignEntity, CampaignVersionEntity, dataSource, MerchantEntity } from '@lijian/database'
import { ApiKeys, Clients } from '@lijian/identity'

/** Grants in the small budget of each fault: after it, it must be at exactly these. */
export const SMALL_GRANTS = 8
/** What a payment of 100.00 gets off. */
export const OFF_FEN = 1500

/** The merchant whose small budget one fault alone uses up. */
export const smallMerchant = (n: number) => `MB${n}`
/** A has a large budget, C another that nobody else touches. */
export const merchantsOf = (n: number) => ['MA', smallMerchant(n), 'MC']

const campaign = (merchant: string, count: number): Campaign => ({
  code: `C-${merchant}`,
  name: '满100减15',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  budget: { amount: count * OFF_FEN, count },
  offers: [
    {
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount',
      merchants: [merchant],
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: OFF_FEN }] } },
    },
  ],
})

/** Returns the key of the transaction system. */
export async function furnishBattery(databaseUrl: string, faults: number): Promise<string> {
  const source = await dataSource(databaseUrl, { poolSize: 1 }).initialize()
  const small = Array.from({ length: faults }, (_, n) => smallMerchant(n))
  try {
    await new Clients(source).put('till', { name: 'till' })
    for (const merchant of ['MA', 'MC', ...small]) {
      const document = campaign(merchant, small.includes(merchant) ? SMALL_GRANTS : 1_000_000)
      const { code } = document
      await source.getRepository(CampaignEntity).save({ code, liveVersion: 1, latestVersion: 1 })
      await source
        .getRepository(CampaignVersionEntity)
        .save({ code, version: 1, document, state: 'approved', maker: 'm', checker: 'c' })
      const row = { id: merchant, document: { id: merchant, name: '面馆' }, updatedBy: 'm' }
      await source.getRepository(MerchantEntity).save(row)
    }
    return (await new ApiKeys(source).make({ client: 'till', name: 'till', scopes: ['transactions'] })).key
  } finally {
    await source.destroy()
  }
}
