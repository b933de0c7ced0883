import type { Campaign } from '@lijian/contracts/marketing'
import { ApiKeys, Clients } from '@lijian/identity'
import { CampaignEntity, CampaignVersionEntity, dataSource, MerchantEntity } from '@lijian/database'

const CAMPAIGN: Campaign = {
  code: 'CCB-Q4',
  name: '建行秋季立减',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'postpay',
  funders: [
    { partner: 'CCB', sharePpm: 700_000 },
    { partner: 'ZIBO', sharePpm: 300_000 },
  ],
  budget: { amount: 10_000_000_000, count: 10_000_000 },
  offers: [
    {
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount',
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
    },
  ],
}

/** A live campaign, a merchant, and keys of the transaction system and of finance. */
export async function furnish(databaseUrl: string): Promise<{ key: string; financeKey: string }> {
  const source = await dataSource(databaseUrl, { poolSize: 1 }).initialize()
  const { code } = CAMPAIGN
  await new Clients(source).put('till', { name: 'till' })
  await source.getRepository(CampaignEntity).save({ code, liveVersion: 1, latestVersion: 1 })
  await source
    .getRepository(CampaignVersionEntity)
    .save({ code, version: 1, document: CAMPAIGN, state: 'approved', maker: 'm', checker: 'c' })
  await source.getRepository(MerchantEntity).save({ id: 'M1', document: { id: 'M1', name: '面馆' }, updatedBy: 'm' })
  const keys = new ApiKeys(source)
  const { key } = await keys.make({ client: 'till', name: 'till', scopes: ['transactions'] })
  const scopes = ['finance', 'reconciliation', 'read'] as const
  const { key: financeKey } = await keys.make({ client: 'till', name: 'finance', scopes: [...scopes] })
  await source.destroy()
  return { key, financeKey }
}
