import type { Merchant } from '@lijian/contracts/marketing'
import type { RefundAsk, ReverseAsk, Transactions } from '@lijian/transactions'
import { campaign, feeOffer, type Stage } from '@lijian/transactions/testing/stage'
import type { Explainer } from '../explainer'

/** Payments of every kind, as rows of one release; what a later release must still read, and go on with. */
export const MERCHANT: Merchant = {
  id: 'M1',
  name: '面馆',
  status: 'active',
  mcc: '5812',
  region: '440305',
  country: 'CN',
  fees: { default: { ppm: 6000 } },
  feeOnRefund: 'return',
  clearingSystem: 'main',
}
const AMOUNT = campaign().offers[0]!
export const CAMPAIGNS = [
  campaign({
    budget: { amount: 1_000_000 },
    funders: [
      { partner: 'CCB', sharePpm: 700_000 },
      { partner: '@merchant', sharePpm: 300_000 },
    ],
    offers: [
      {
        ...AMOUNT,
        merchants: ['M1'],
        rule: { ...AMOUNT.rule, limits: [{ per: ['card'], period: 'month', count: 9 }] },
      },
      feeOffer({ rule: { conditions: { cardTypes: ['credit'], pinFree: true }, benefit: { type: 'waive' } } }),
    ] as ReturnType<typeof campaign>['offers'],
  }),
]

const WHOLE = {
  subMerchant: 'S1',
  terminal: 'T1',
  eligibleAmount: 11_000,
  card: { token: 'card-token-number-1', bin: '62270012', last4: '0018', digits: '622700123456' },
  issuer: 'CCB',
  cardType: 'credit',
  cardProduct: 'gold',
  cardRegion: 'domestic',
  scheme: 'unionpay',
  pinFree: true,
  customerToken: 'cu_1',
  identities: { device: 'cd_1', phone: 'id_1' },
  facts: ['registered'],
} as const

const ask = (stage: Stage, serial: string, more: object = {}, explain = false) =>
  stage.ask(serial, 12_800, { ...WHOLE, facts: [...WHOLE.facts], ...more }, { explain })
const refund = (of: string, serial: string, amountFen: number): RefundAsk => ({
  client: 'T',
  originalSerial: of,
  serial,
  amountFen,
  bodyHash: serial,
  deadlineMs: 10_000,
})
const reverse = (of: string, kind: ReverseAsk['kind']): ReverseAsk => ({
  client: 'T',
  originalSerial: of,
  serial: `${of}-X`,
  kind,
  bodyHash: of,
  door: 'http',
})
const refundResult = (of: string, serial: string, outcome: 'success' | 'failure') => ({
  client: 'T',
  originalSerial: of,
  serial,
  outcome,
})

/** Leaves a row of every kind behind. */
export async function store(stage: Stage, transactions: Transactions): Promise<void> {
  const pay = async (serial: string, result: object | undefined, more: object = {}, explain = false) => {
    await transactions.query(ask(stage, serial, more, explain))
    if (result !== undefined) await transactions.result(stage.outcome(serial, 'success', result))
  }
  await pay('HELD', undefined, {}, true)
  await pay('HELD-BARE', undefined, Object.fromEntries(Object.keys(WHOLE).map((key) => [key, undefined])))
  await pay('CONFIRMED', { upstreamSerial: 'U1', paidAt: '2026-11-23T04:01:00Z' })
  await pay('LEARNT', { cardType: 'debit', pinFree: false, card: { token: 'card-token-number-2', last4: '0026' } })
  await pay('PAID-OTHERWISE', { paid: 12_800 })
  await pay('FAILED', undefined)
  await transactions.result(stage.outcome('FAILED', 'failure'))
  await pay('VOIDED', {})
  await transactions.reverse(reverse('VOIDED', 'void'))
  await pay('REVERSED', undefined)
  await transactions.reverse(reverse('REVERSED', 'reversal'))
  await transactions.reverse(reverse('NEVER-ASKED', 'reversal')).catch(() => undefined)
  await pay('PART', {})
  await transactions.refund(refund('PART', 'PART-1', 3_000))
  await transactions.refundResult(refundResult('PART', 'PART-1', 'success'))
  await transactions.refund(refund('PART', 'PART-2', 2_000))
  await pay('ASKED-BACK', undefined)
  await transactions.refund(refund('ASKED-BACK', 'ASKED-BACK-1', 3_000))
}

/** What reads and the next steps of these payments are answered; without the date on which it happens. */
export async function goOn(stage: Stage, transactions: Transactions, explainer: Explainer): Promise<unknown> {
  const { rows } = await stage.sql.query<{ serial: string }>('SELECT serial FROM marketing_transaction ORDER BY 1')
  const told: Record<string, unknown> = {}
  const tell = async (what: string, answer: Promise<unknown>) => {
    told[what] = await answer.catch((error: Error) => error.message)
  }
  for (const { serial } of rows) {
    await tell(`read ${serial}`, transactions.read('T', serial))
    await tell(`why ${serial}`, explainer.explain('T', serial))
    await tell(`refunds of ${serial}`, transactions.refunds('T', serial))
  }
  await tell('same query', transactions.query(ask(stage, 'HELD', {}, true)))
  await tell('same result', transactions.result(stage.outcome('CONFIRMED', 'success')))
  await tell('result', transactions.result(stage.outcome('HELD', 'success', { cardType: 'debit' })))
  await tell(
    'result, bare',
    transactions.result(stage.outcome('HELD-BARE', 'success', { cardType: 'credit', pinFree: true })),
  )
  await tell('refund', transactions.refund(refund('CONFIRMED', 'CONFIRMED-1', 5_000)))
  await tell('refund of what was learnt', transactions.refund(refund('LEARNT', 'LEARNT-1', 5_000)))
  await tell('same refund', transactions.refund(refund('PART', 'PART-2', 2_000)))
  await tell('refund result', transactions.refundResult(refundResult('PART', 'PART-2', 'success')))
  await tell('result with a refund waiting', transactions.result(stage.outcome('ASKED-BACK', 'success')))
  await tell('refund that waited', transactions.refundResult(refundResult('ASKED-BACK', 'ASKED-BACK-1', 'success')))
  await tell('same void', transactions.reverse(reverse('VOIDED', 'void')))
  await tell('reversal', transactions.reverse(reverse('PAID-OTHERWISE', 'reversal')))
  await tell('query after its reversal', transactions.query(ask(stage, 'NEVER-ASKED')))
  for (const { serial } of rows) await tell(`read ${serial} again`, transactions.read('T', serial))
  return JSON.parse(JSON.stringify(told, (key, value: unknown) => (key === 'businessDate' ? undefined : value)))
}

export const TABLES = ['catalog_snapshot', 'counter', 'marketing_transaction', 'reverse_transaction'] as const
