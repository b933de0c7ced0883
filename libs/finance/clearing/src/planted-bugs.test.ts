import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { brokenBy } from '@lijian/verification/testing'
import { Stage } from './testing/stage'

/** Each invariant about files and settlements, with a bug that breaks it. The journal is written here without payments. */
const WITHOUT_PAYMENTS = [
  'what is posted for a transaction = what it gives',
  'a void, reversal or refund is posted on the date it is recorded on',
]
let stage: Stage

beforeAll(async () => {
  stage = await Stage.open()
  const rebate = [{ delivery: 'rebate' as const, discountFen: 500 }]
  const date = '2026-10-26'
  await stage.post(
    { date, serial: 'S1' },
    { date, serial: 'S2', merchant: 'M2', offers: [{ kind: 'fee', discountFen: 20 }] },
    { date, serial: 'S3', offers: rebate },
    { date, serial: 'R0', event: 'refund', originalSerial: 'S0', merchant: 'M2', offers: [{ discountFen: 900 }] },
  )
  await stage.clear(date)
  await stage.runs.settle(date)
  await stage.post({ date: '2026-10-27', serial: 'S4', merchant: 'M2', offers: [{ discountFen: 1000 }] })
  await stage.clear('2026-10-27')
  await stage.runs.settle('2026-10-27')
})
afterAll(() => stage.close())

const others = (names: string[]) => names.filter((name) => !WITHOUT_PAYMENTS.includes(name))

test('the stage agree, with a rebate paid and a negative day carried', async () => {
  expect(await brokenInvariants(stage.pool as never, MONEY_CHECKS)).toEqual({})
  expect(await stage.rows('SELECT count(*)::int AS n FROM rebate_due WHERE paid_on IS NOT NULL')).toEqual([{ n: 1 }])
  expect(await stage.rows('SELECT count(*)::int AS n FROM merchant_settlement WHERE carried_in_fen < 0')).toEqual([
    { n: 1 },
  ])
})

test.each`
  name                                                                                     | bug
  ${'totals of files = totals of the ledger'}                                              | ${`UPDATE clearing_file SET settle_fen = settle_fen + 1 WHERE kind = 'fee' AND business_date = '2026-10-26'`}
  ${'a published file has every row that was planned, and a hash'}                         | ${`UPDATE clearing_file SET rows_written = rows_written - 1 WHERE kind = 'amount' AND business_date = '2026-10-26'`}
  ${'what a merchant gets back = its days, each settlement opening with what was carried'} | ${`ALTER TABLE merchant_settlement DROP CONSTRAINT merchant_settlement_sums; UPDATE merchant_settlement SET carried_in_fen = 0 WHERE carried_in_fen < 0`}
  ${'payouts of a settlement date = what it posted'}                                       | ${`UPDATE rebate_due SET amount_fen = amount_fen + 1 WHERE paid_on IS NOT NULL`}
`('planted: $name', async ({ name, bug }: { name: string; bug: string }) => {
  expect(others(await brokenBy(stage.pool, bug))).toEqual([name])
})

test('a file that was never made is found too', async () => {
  const gone = `DELETE FROM clearing_file WHERE kind = 'amount' AND business_date = '2026-10-26'`
  expect(others(await brokenBy(stage.pool, gone))).toEqual(['totals of files = totals of the ledger'])
})
