import { brokenInvariants, MONEY_CHECKS } from '@lijian/verification'
import { brokenBy } from '@lijian/verification/testing'
import { Books } from './testing/books'

/** Each invariant about files and settlements, with a bug that breaks it. The journal is written here without payments. */
const WITHOUT_PAYMENTS = [
  'what is posted for a transaction = what it gives',
  'a void, reversal or refund is posted on the date it is recorded on',
]
let books: Books

beforeAll(async () => {
  books = await Books.open()
  const rebate = [{ delivery: 'rebate' as const, discountFen: 500 }]
  const date = '2026-10-26'
  await books.post(
    { date, serial: 'S1' },
    { date, serial: 'S2', merchant: 'M2', offers: [{ kind: 'fee', discountFen: 20 }] },
    { date, serial: 'S3', offers: rebate },
    { date, serial: 'R0', event: 'refund', originalSerial: 'S0', merchant: 'M2', offers: [{ discountFen: 900 }] },
  )
  await books.clear(date)
  await books.runs.settle(date)
  await books.post({ date: '2026-10-27', serial: 'S4', merchant: 'M2', offers: [{ discountFen: 1000 }] })
  await books.clear('2026-10-27')
  await books.runs.settle('2026-10-27')
})
afterAll(() => books.close())

const others = (names: string[]) => names.filter((name) => !WITHOUT_PAYMENTS.includes(name))

test('the books agree, with a rebate paid and a negative day carried', async () => {
  expect(await brokenInvariants(books.pool as never, MONEY_CHECKS)).toEqual({})
  expect(await books.rows('SELECT count(*)::int AS n FROM rebate_due WHERE paid_on IS NOT NULL')).toEqual([{ n: 1 }])
  expect(await books.rows('SELECT count(*)::int AS n FROM merchant_settlement WHERE carried_in_fen < 0')).toEqual([
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
  expect(others(await brokenBy(books.pool, bug))).toEqual([name])
})

test('a file that was never made is found too', async () => {
  const gone = `DELETE FROM clearing_file WHERE kind = 'amount' AND business_date = '2026-10-26'`
  expect(others(await brokenBy(books.pool, gone))).toEqual(['totals of files = totals of the ledger'])
})
