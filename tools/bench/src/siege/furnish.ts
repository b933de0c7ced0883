import type { Scope } from '@lijian/contracts/people'
import { CampaignEntity, CampaignVersionEntity, dataSource, MerchantEntity } from '@lijian/database'
import { ApiKeys } from '@lijian/identity'
import type { Field } from './wire'

const PEOPLE: Scope[] = [
  'campaigns.make',
  'merchants',
  'routing',
  'card-groups',
  'partners',
  'cases',
  'reconciliation',
  'finance',
  'read',
]

/** Keys of attackers: a transaction system, a careless person, and a client that may ask five times a second. */
export async function attackersKeys(databaseUrl: string): Promise<Field['keys']> {
  const source = await dataSource(databaseUrl, { poolSize: 1 }).initialize()
  try {
    await source.query(
      `INSERT INTO client (code, name, rate_per_second) VALUES ('attacker', 'a', NULL), ('slow', 'b', 5)`,
    )
    const make = async (client: string, scopes: Scope[]) =>
      (await new ApiKeys(source).make({ client, name: 'attack', scopes })).key
    return {
      payments: await make('attacker', ['transactions']),
      people: await make('attacker', PEOPLE),
      slow: await make('slow', ['transactions']),
    }
  } finally {
    await source.destroy()
  }
}

/** One merchant with one offer without an end. */
export async function furnish(url: string): Promise<void> {
  const source = await dataSource(url, { poolSize: 1 }).initialize()
  const document = {
    ...{ code: 'C1', name: '满100减15', timeZone: 'Asia/Shanghai', from: '2020-01-01', currency: 'CNY' },
    paymentMode: 'postpay' as const,
    funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
    offers: [
      {
        ...{ code: 'FOOD', name: '满100减15', kind: 'amount' as const, merchants: ['M1'] },
        rule: { benefit: { type: 'reduce' as const, tiers: [{ atLeast: 10_000, off: 1500 }] } },
      },
    ],
  }
  await source.getRepository(CampaignEntity).save({ code: 'C1', liveVersion: 1, latestVersion: 1 })
  await source
    .getRepository(CampaignVersionEntity)
    .save({ code: 'C1', version: 1, document, state: 'approved', maker: 'm', checker: 'c' })
  await source.getRepository(MerchantEntity).save({ id: 'M1', document: { id: 'M1', name: '面馆' }, updatedBy: 'm' })
  await source.destroy()
}

export const honestPayment = (n: number) => ({ serial: `H${n}`, merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
