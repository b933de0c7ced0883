import type { Campaign } from '@lijian/contracts/marketing'
import { CampaignEntity, CampaignVersionEntity, dataSource, MerchantEntity } from '@lijian/database'
import { ApiKeys, Clients } from '@lijian/identity'

/** Grants in B's budget: after every fault together it must end at exactly these. */
export const B_GRANTS = 60
/** What a payment of 100.00 gets off. */
export const OFF_FEN = 1500
/** A has a large budget, B a small one, C a campaign that nobody else touches. */
export const MERCHANTS = ['MA', 'MB', 'MC'] as const

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
export async function furnishBattery(databaseUrl: string): Promise<string> {
  const source = await dataSource(databaseUrl, { poolSize: 1 }).initialize()
  try {
    await new Clients(source).put('till', { name: 'till' })
    for (const merchant of MERCHANTS) {
      const document = campaign(merchant, merchant === 'MB' ? B_GRANTS : 1_000_000)
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
