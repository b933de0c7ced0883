import { topUpPosting, withdrawalPosting, collectionPosting, adjustmentPosting, writeOffPosting } from '@lijian/ledger'
import fc from 'fast-check'
import { Books, type BookedOffer } from '../testing/books'
import { fundsReference, type JournalRow } from '../testing/funds-reference'
import { partnerFundsReport as report } from './partner-funds'

let books: Books
beforeAll(async () => {
  books = await Books.open()
})
afterAll(() => books.close())
beforeEach(() => books.clear())

const DAYS = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06']
const about = (from: string, to: string, partner = 'CCB') => ({ from, to, partner })

const CANARY = `=HYPERLINK("x")</c><script>'\\`
const fen = fc.integer({ min: 1, max: 1000 })
const anyOffer: fc.Arbitrary<BookedOffer> = fc.record({
  campaign: fc.constantFrom('Q1', CANARY),
  name: fc.constantFrom('满100减15', CANARY),
  kind: fc.constantFrom('amount', 'fee'),
  delivery: fc.constantFrom('instant', 'rebate'),
  paymentMode: fc.constantFrom('prepay', 'postpay'),
  funders: fc.uniqueArray(
    fc.record({ partner: fc.constantFrom('CCB', 'CCB2', '@merchant'), amountFen: fc.integer({ min: 0, max: 900 }) }),
    { minLength: 1, maxLength: 3, selector: ({ partner }) => partner },
  ),
})
const anyPayment = fc.record({
  event: fc.constantFrom('capture', 'capture', 'void', 'reversal', 'refund'),
  merchant: fc.constantFrom('M1', CANARY),
  offers: fc.array(anyOffer, { minLength: 1, maxLength: 3 }),
})
const anyMove = fc.record({
  event: fc.constantFrom('top_up', 'withdrawal', 'collection', 'adjustment', 'write_off'),
  partner: fc.constantFrom('CCB', 'CCB2'),
  fen,
})
const day = fc.constantFrom(...DAYS)
const world = fc.record({
  events: fc.array(fc.tuple(day, fc.oneof(anyPayment, anyMove)), { maxLength: 25 }),
  sealed: fc.integer({ min: 0, max: DAYS.length }),
  from: fc.integer({ min: -1, max: DAYS.length }),
  length: fc.integer({ min: 0, max: 4 }),
})
type Event = typeof world extends fc.Arbitrary<{ events: (infer One)[] }> ? One : never

const postingOf = (event: string, partner: string, amountFen: number) => {
  if (event === 'top_up') return topUpPosting(partner, amountFen)
  if (event === 'withdrawal') return withdrawalPosting(partner, amountFen)
  if (event === 'collection') return collectionPosting(partner, amountFen + 5, amountFen)
  if (event === 'write_off') return writeOffPosting(`receivable/${partner}`, amountFen)
  return adjustmentPosting(`receivable/${partner}`, 'suspense', amountFen)
}

async function book(events: Event[]): Promise<void> {
  for (const [at, [date, event]] of events.entries()) {
    const serial = `${at}${CANARY}`
    if ('offers' in event) await books.pay({ ...event, date, serial } as never)
    else {
      const detail = {
        at: `${date}T04:00:00Z`,
        bankReference: `B${at}${CANARY}`,
        ...(at % 2 ? { reason: CANARY, campaign: 'Q1' } : {}),
      }
      await books.post({
        date,
        event: event.event,
        client: '@x',
        serial,
        detail,
        ...postingOf(event.event, event.partner, event.fen),
      })
    }
  }
}

const journal = () => books.rows<JournalRow>('SELECT * FROM journal')
const dateAt = (at: number) => new Date(Date.parse(DAYS[0]!) + at * 86_400_000).toISOString().slice(0, 10)

test('any books, any dates sealed, any range: every row is what adding the journal up gives, and all of it agrees', async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ events, sealed, from: first, length }) => {
      await books.clear()
      await book(events)
      await books.seal(...DAYS.slice(0, sealed))
      const [from, to] = [dateAt(first), dateAt(first + length)]
      for (const partner of ['CCB', 'CCB2']) {
        const { now, ...rows } = await books.report(report, about(from, to, partner))
        expect(rows).toEqual(fundsReference(await journal(), from, to, partner))
        expect(now).toEqual([])
        expect(await books.differences(report, about(from, to, partner))).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
})

const paid = (partner = 'CCB', paymentMode: BookedOffer['paymentMode'] = 'prepay', amountFen = 700): BookedOffer => ({
  campaign: 'Q1',
  name: '满100减15',
  kind: 'amount',
  delivery: 'instant',
  paymentMode,
  funders: [{ partner, amountFen }],
})

async function threeDays(): Promise<void> {
  await books.pool.query(`INSERT INTO partner (code, name, funded_fen) VALUES ('CCB', '建行', 5000)`)
  const move = { client: '@receipt', event: 'top_up', serial: '1', detail: { bankReference: 'B1' } }
  await books.post({ ...move, date: DAYS[0]!, ...topUpPosting('CCB', 5000) })
  await books.pay({
    date: DAYS[0]!,
    event: 'capture',
    merchant: 'M1',
    serial: 'S1',
    offers: [paid(), paid('CCB', 'postpay', 300)],
  })
  await books.pay({
    date: DAYS[1]!,
    event: 'refund',
    merchant: 'M1',
    serial: 'R1',
    offers: [paid('CCB', 'prepay', 100)],
  })
  await books.pay({ date: DAYS[2]!, event: 'capture', merchant: 'M1', serial: 'S2', offers: [paid()] })
  await books.seal(...DAYS.slice(0, 3))
}

test('sealed dates give the same rows whatever comes later', async () => {
  await threeDays()
  const asked = about(DAYS[0]!, DAYS[2]!)
  const before = await books.report(report, asked)
  expect(before['days']!.map(({ opening, income, expense, closing }) => [opening, income, expense, closing])).toEqual([
    [0, 5000, 1000, 4000],
    [4000, 100, 0, 4100],
    [4100, 0, 700, 3400],
  ])
  await books.pay({ date: DAYS[3]!, event: 'capture', merchant: 'M1', serial: 'S3', offers: [paid()] })
  await books.pool.query(`UPDATE partner SET name = '改名', credit_line_fen = 9`)
  expect(await books.report(report, asked)).toEqual(before)
  await books.seal(DAYS[3]!)
  expect(await books.report(report, asked)).toEqual(before)
})

test.each([
  ['a balance of the seal', `UPDATE account_day SET debit_fen = debit_fen + 1, closing_fen = closing_fen + 1 WHERE account = 'prepaid/CCB' AND business_date = '${DAYS[2]}'`, /entries of 2026-03-04 prepaid expense: 700, in the ledger 701/], // prettier-ignore
  ['an opening', `UPDATE account_day SET opening_fen = opening_fen - 1, closing_fen = closing_fen - 1 WHERE account = 'prepaid/CCB' AND business_date >= '${DAYS[1]}'`, /opening of 2026-03-03 prepaid\/CCB: -4300, in the ledger -4301/], // prettier-ignore
  ['a posting that no offer explains', `UPDATE journal SET detail = jsonb_set(detail, '{offers,0,funders,0,amountFen}', '699') WHERE serial = 'S2'`, /parts of 2026-03-04 prepaid expense: 699, in the ledger 700/], // prettier-ignore
  ['a posting that is gone', `UPDATE journal SET accounts = '{x,y}' WHERE serial = 'R1'`, /entries of 2026-03-03 prepaid income: 0, in the ledger 100/], // prettier-ignore
])('a wrong ledger is noticed: %s', async (_, sql, noticed) => {
  await threeDays()
  const asked = about(DAYS[1]!, DAYS[2]!)
  expect(await books.differences(report, asked)).toEqual([])
  await books.plant(sql)
  expect((await books.differences(report, asked)).join('\n')).toMatch(noticed)
})

test('what is held and available is shown while a date of the range is open, and only then', async () => {
  await threeDays()
  await books.pool.query(`UPDATE partner SET credit_line_fen = 50`)
  await books.pool.query(
    `INSERT INTO counter (key, limit_fen, limit_version, used_fen, held_fen) VALUES ('@funds/CCB||total', 5050, 0, 1300, 40)`,
  )
  const open = about(DAYS[0]!, '2099-01-01')
  expect((await books.report(report, about(DAYS[0]!, DAYS[4]!)))['now']).toEqual([])
  expect((await books.report(report, open))['now']).toEqual([
    {
      partner: 'CCB',
      name: '建行',
      currency: 'CNY',
      prepaid: 3700,
      owed: 300,
      held: 40,
      credit_line: 50,
      available: 3710,
    },
  ])
  const { days } = await books.report(report, open)
  expect(days!.at(-1)!['date']! < '2099-01-01').toBe(true)
  expect(await books.differences(report, open)).toEqual([])
  await books.plant('UPDATE counter SET used_fen = 1299')
  expect(await books.differences(report, open)).toEqual(['balance now: 3701, in the ledger 3700'])
})

test('the amounts of a partner are in its own currency', async () => {
  await books.pool.query(`INSERT INTO partner (code, name, currency) VALUES ('YBANK', '日银', 'JPY')`)
  await books.pay({
    date: DAYS[0]!,
    event: 'capture',
    merchant: 'M1',
    serial: 'S1',
    clearingSystem: 'main@JPY',
    offers: [paid('YBANK')],
  })
  const { now, ...rows } = await books.report(report, about(DAYS[0]!, DAYS[0]!, 'YBANK'))
  expect(now).toEqual([])
  expect(Object.values(rows).flatMap((list) => list.map(({ currency }) => currency))).toEqual(['JPY', 'JPY', 'JPY'])
})
