import type { Campaign } from '@lijian/contracts/marketing'
import { routing, type Process, type Stage } from './stage'

/** Routes of every kind, as rows of one release; what a later release must still read, and go on with. */
export const ROUTING = routing([{ dailyAmount: 90_000 }, { dailyAmount: 90_000, secretRef: 'vault/2' }, {}], {
  pool: { minSuccess: { ppm: 1, window: 10, minSamples: 10 } },
  cardUsage: { thresholds: [{ month: 9 }] },
})
export const CAMPAIGN: Campaign = {
  code: 'CCB',
  name: '满100减15',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  budget: { amount: 1500 },
  offers: [
    {
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount',
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
    } as Campaign['offers'][number],
  ],
}

const WHOLE = {
  issuer: 'CCB',
  cardType: 'credit',
  scheme: 'unionpay',
  cardToken: 'ct_1',
  region: '440305',
  industry: '5812',
} as const

const pay = (stage: Stage, serial: string, amount: number) => ({
  query: {
    client: 'T',
    bodyHash: `${serial} ${amount}`,
    door: 'http' as const,
    receivedAtMs: stage.nowMs,
    deadlineMs: 20_000,
    holdMs: 900_000,
    request: { serial, merchant: 'M1', amount, currency: 'CNY', paymentMethod: 'wechat' },
  },
  route: { type: 'qr', exclude: [] },
})

/** Leaves a row of every kind behind. */
export async function store(stage: Stage, { routes, payments }: Process): Promise<void> {
  const route = (serial: string, more: object = {}, amount = 100) => routes.route(stage.ask(serial, amount, more))
  const result = (serial: string, mid: string, how: Parameters<Stage['result']>[2], more: object = {}) =>
    routes.result(stage.result(serial, mid, how, more))
  await route('RESERVED', WHOLE)
  await route('SUCCEEDED', WHOLE)
  await result('SUCCEEDED', 'MID-1', 'success', { upstreamSerial: 'U1' })
  await route('LEARNT')
  await result('LEARNT', 'MID-1', 'success', { cardToken: 'ct_2', cardType: 'debit', scheme: 'visa' })
  await route('SECOND', WHOLE)
  await result('SECOND', 'MID-1', 'channel_error')
  await route('SECOND', { ...WHOLE, exclude: ['MID-1'] })
  await route('TIMED-OUT')
  await result('TIMED-OUT', 'MID-1', 'timeout')
  await route('DECLINED')
  await result('DECLINED', 'MID-1', 'declined')
  await route('NO-ROUTE', { exclude: ['MID-1', 'MID-2', 'MID-3'] })
  await payments.pay(pay(stage, 'WITH-OFFER', 10_000))
  await payments.pay(pay(stage, 'NO-OFFER', 10_000))
}

/** What reads and the next steps of these payments are answered. */
export async function goOn(stage: Stage, { routes, payments }: Process): Promise<unknown> {
  const { rows } = await stage.sql.query<{ serial: string }>(`SELECT serial FROM route ORDER BY 1`)
  const told: Record<string, unknown> = {}
  const tell = async (what: string, answer: Promise<unknown>) => {
    told[what] = await answer.catch((error: Error) => error.message)
  }
  for (const { serial } of rows) await tell(`why ${serial}`, routes.read('T', serial, true))
  await tell('same question', routes.route(stage.ask('RESERVED', 100, WHOLE)))
  await tell('same payment', payments.pay(pay(stage, 'WITH-OFFER', 10_000)))
  await tell('same payment without offer', payments.pay(pay(stage, 'NO-OFFER', 10_000)))
  await tell('result', routes.result(stage.result('RESERVED', 'MID-1', 'success')))
  await tell(
    'result of the second',
    routes.result(stage.result('SECOND', 'MID-2', 'success', { upstreamSerial: 'U2' })),
  )
  await tell('late success', routes.result(stage.result('TIMED-OUT', 'MID-1', 'success', { cardToken: 'ct_3' })))
  await tell('success after its decline', routes.result(stage.result('DECLINED', 'MID-1', 'success')))
  await tell('next attempt', routes.route(stage.ask('WITH-OFFER', 8_500, { exclude: ['MID-1'] })))
  for (const { serial } of rows) await tell(`read ${serial} again`, routes.read('T', serial, false))
  return JSON.parse(JSON.stringify(told))
}

export const TABLES = [
  'catalog_snapshot',
  'counter',
  'marketing_transaction',
  'route',
  'card_usage',
  'card_usage_case',
] as const
