import { DATE, Stage, type Entry, type ListLine } from './testing/stage'
import { wechatBill as bill, wechatOwn } from './testing/wechat'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())
beforeEach(() => stage.clear())

const S = { serial: 'S1' }

interface ListCase {
  lines: ListLine[]
  books: Entry[]
  transaction?: string
  expected: object
}

test.each`
  _case                                             | lines                                                                       | books                                                        | transaction    | expected
  ${'the same on both sides'}                       | ${[S]}                                                                      | ${[S]}                                                       | ${undefined}   | ${{}}
  ${'they have it, we do not'}                      | ${[S]}                                                                      | ${[]}                                                        | ${undefined}   | ${{ marketing_missing: ['S1'] }}
  ${'without a discount it is none of ours'}        | ${[{ serial: 'S1', discount: 0 }]}                                          | ${[]}                                                        | ${undefined}   | ${{}}
  ${'we have it, they do not'}                      | ${[]}                                                                       | ${[S]}                                                       | ${undefined}   | ${{ payment_missing: ['S1'] }}
  ${'the discount differs by one fen'}              | ${[{ serial: 'S1', discount: 1501 }]}                                       | ${[S]}                                                       | ${undefined}   | ${{ amount_differs: ['S1'] }}
  ${'the amount differs by one fen'}                | ${[{ serial: 'S1', amount: 10_001 }]}                                       | ${[S]}                                                       | ${undefined}   | ${{ amount_differs: ['S1'] }}
  ${'they say it failed'}                           | ${[{ serial: 'S1', outcome: 'failure' }]}                                   | ${[S]}                                                       | ${'confirmed'} | ${{ state_differs: ['S1'] }}
  ${'they say it failed, and we undid it'}          | ${[{ serial: 'S1', outcome: 'failure' }]}                                   | ${[S]}                                                       | ${'reversed'}  | ${{}}
  ${'they say it failed, and we never had it'}      | ${[{ serial: 'S1', outcome: 'failure' }]}                                   | ${[]}                                                        | ${undefined}   | ${{}}
  ${'they say it succeeded, for us it expired'}     | ${[S]}                                                                      | ${[]}                                                        | ${'expired'}   | ${{ state_differs: ['S1'] }}
  ${'they say it succeeded, for us it is unfunded'} | ${[S]}                                                                      | ${[]}                                                        | ${'unfunded'}  | ${{ unfunded: ['S1'] }}
  ${'a refund that both have'}                      | ${[{ serial: 'R1', kind: 'refund', originalSerial: 'S1' }]}                 | ${[{ serial: 'R1', event: 'refund', originalSerial: 'S1' }]} | ${undefined}   | ${{}}
  ${'a void here is a reversal there'}              | ${[{ serial: 'V1', kind: 'reversal' }]}                                     | ${[{ serial: 'V1', event: 'void' }]}                         | ${undefined}   | ${{}}
  ${'a refund of ours that we were never told'}     | ${[S, { serial: 'R1', kind: 'refund', originalSerial: 'S1', discount: 0 }]} | ${[S]}                                                       | ${undefined}   | ${{ marketing_missing: ['R1'] }}
  ${'a refund of what never was ours'}              | ${[{ serial: 'R1', kind: 'refund', originalSerial: 'S9', discount: 0 }]}    | ${[]}                                                        | ${undefined}   | ${{}}
  ${'our result came after their cut-off'}          | ${[S]}                                                                      | ${[{ serial: 'S1', date: '2026-11-03' }]}                    | ${undefined}   | ${{}}
  ${'and then differs by one fen'}                  | ${[S]}                                                                      | ${[{ serial: 'S1', date: '2026-11-03', discountFen: 1499 }]} | ${undefined}   | ${{ amount_differs: ['S1'] }}
`('list of a day: $_case', async ({ lines, books, transaction, expected }: ListCase) => {
  for (const entry of books) await stage.book(entry)
  if (transaction !== undefined) await stage.transaction('S1', transaction)
  await stage.list(lines)
  const { runs } = await stage.runs.run(DATE, DATE)
  expect(await stage.broken()).toEqual(expected)
  const [run] = runs
  const inClasses = Object.values(run!.classes)
  expect(run!.matchedLines + run!.outsideLines + inClasses.reduce((sum, one) => sum + one.lines, 0)).toBe(run!.lines)
  expect(run!.lines).toBe(lines.length)
  expect(run!.matchedBooks + inClasses.reduce((sum, one) => sum + one.books, 0)).toBe(run!.books)
  expect(run!.books).toBe(books.filter(({ date = DATE }) => date === DATE).length)
})

const acknowledgement = (rows: string[], settle: number) =>
  [
    'H|2026-11-02',
    'event|client|serial|originalSerial|offer|settle|status',
    ...rows,
    `T|${rows.length}|${settle}`,
    '',
  ].join('\n')

test.each`
  _case                          | rows                                                                           | settle  | expected                     | cash
  ${'settled'}                   | ${['capture|till|S1||FOOD|1500|settled']}                                      | ${1500} | ${{}}                        | ${undefined}
  ${'settled in two rows'}       | ${['capture|till|S1||FOOD|1000|settled', 'capture|till|S1||MORE|500|settled']} | ${1500} | ${{}}                        | ${undefined}
  ${'one fen more was paid out'} | ${['capture|till|S1||FOOD|1501|settled']}                                      | ${1501} | ${{ over: ['S1'] }}          | ${-1}
  ${'one fen less was paid out'} | ${['capture|till|S1||FOOD|1499|settled']}                                      | ${1499} | ${{ short: ['S1'] }}         | ${1}
  ${'not there at all'}          | ${[]}                                                                          | ${0}    | ${{ short: ['S1'] }}         | ${1500}
  ${'refused'}                   | ${['capture|till|S1||FOOD|1500|refused']}                                      | ${1500} | ${{ state_differs: ['S1'] }} | ${undefined}
  ${'something we do not have'}  | ${['capture|till|S1||FOOD|1500|settled', 'capture|till|S2||FOOD|700|settled']} | ${2200} | ${{ over: ['S2'] }}          | ${-700}
`('acknowledgement: $_case', async ({ rows, settle, expected, cash }) => {
  await stage.book(S)
  await stage.import('lijian-acknowledgement', acknowledgement(rows as string[], settle as number), { client: null })
  await stage.runs.run(DATE, DATE)
  expect(await stage.broken()).toEqual(expected)
  const { breaks } = await stage.runs.breaks({ date: DATE, limit: 10 })
  expect(breaks[0]?.cash).toBe(cash)
})

test.each`
  _case                                     | rows                            | covers       | transaction    | expected             | cash
  ${'what we told them to take'}            | ${[['S1', 'SUCCESS', '85.00']]} | ${undefined} | ${'confirmed'} | ${{}}                | ${undefined}
  ${'one fen more (长款)'}                  | ${[['S1', 'SUCCESS', '85.01']]} | ${undefined} | ${'confirmed'} | ${{ over: ['S1'] }}  | ${1}
  ${'one fen less (短款)'}                  | ${[['S1', 'SUCCESS', '84.99']]} | ${undefined} | ${'confirmed'} | ${{ short: ['S1'] }} | ${-1}
  ${'missing, in a bill that has not all'}  | ${[]}                           | ${undefined} | ${'confirmed'} | ${{}}                | ${undefined}
  ${'missing, in a bill that must have it'} | ${[]}                           | ${['qr']}    | ${'confirmed'} | ${{ short: ['S1'] }} | ${-8500}
  ${'a payment that has no offer'}          | ${[['X1', 'SUCCESS', '1.00']]}  | ${undefined} | ${'confirmed'} | ${{}}                | ${undefined}
`('channel bill: $_case', async ({ rows, covers, transaction, expected, cash }) => {
  await stage.book(S)
  await stage.transaction('S1', transaction as string)
  await wechatOwn(stage, covers as string[] | undefined)
  await stage.import('wechat-own', bill(rows as [string, 'SUCCESS', string][]))
  await stage.runs.run(DATE, DATE)
  expect(await stage.broken()).toEqual(expected)
  expect((await stage.runs.breaks({ date: DATE, limit: 10 })).breaks[0]?.cash).toBe(cash)
})

test('a payment that a channel has taken and that expired here', async () => {
  await stage.transaction('S1', 'expired')
  await wechatOwn(stage)
  await stage.import('wechat-own', bill([['S1', 'SUCCESS', '85.00']]))
  await stage.runs.run(DATE, DATE)
  expect(await stage.broken()).toEqual({ state_differs: ['S1'] })
})

const statement = (rows: [reference: string, inYuan: string, outYuan: string][]) => {
  let balance = 100_000
  const fen = (yuan: string) => Math.round(Number(yuan || 0) * 100)
  const lines = rows.map(([reference, a, b], i) => {
    balance += fen(a) - fen(b)
    return `20261102,09:0${i}:00,${b},${a},${(balance / 100).toFixed(2)},建设银行合作方,6222020000001234567,活动款,${reference}`
  })
  const sum = (at: 1 | 2) => (rows.reduce((total, row) => total + fen(row[at]), 0) / 100).toFixed(2)
  return [
    '交易日期,交易时间,借方发生额,贷方发生额,账户余额,对方户名,对方账号,摘要,流水号',
    ...lines,
    `合计,${rows.length},${sum(2)},${sum(1)},,,,,`,
    '',
  ].join('\r\n')
}
const receipt = (reference: string, fen: number, event = 'top_up', date = DATE) =>
  stage.pool.query(
    `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen) VALUES ($1, $2, '@receipt', $3, $4, '{bank/own,prepaid/CCB}', $5)`,
    [
      date,
      event,
      reference,
      JSON.stringify({ bankReference: reference }),
      event === 'withdrawal' ? [-fen, fen] : [fen, -fen],
    ],
  )

test('bank statement: receipts and payouts by reference and amount, the rest nobody can place', async () => {
  await receipt('B1', 100_000)
  await receipt('B2', 50_000, 'collection', '2026-11-01')
  await receipt('B3', 7_700, 'withdrawal')
  await receipt('B6', 100)
  await receipt('B7', 999)
  await stage.import(
    'bank-statement',
    gb(
      statement([
        ['B1', '1000.00', ''],
        ['B2', '500.00', ''],
        ['B3', '', '77.00'],
        ['B4', '9.00', ''],
        ['B5', '', '3.00'],
        ['B6', '1.01', ''],
      ]),
    ),
    { client: null },
  )
  await stage.runs.run(DATE, DATE)
  expect(await stage.broken()).toEqual({
    unmatched_receipt: ['B4'],
    unmatched_payout: ['B5'],
    amount_differs: ['B6'],
    payment_missing: ['B7'],
  })
  const { breaks } = await stage.runs.breaks({ date: DATE, limit: 10 })
  expect(Object.fromEntries(breaks.map(({ serial, cash }) => [serial, cash]))).toEqual({
    B4: 900,
    B5: -300,
    B6: 1,
    B7: undefined,
  })
})

/** GB18030 for the few words of the statement: everything else is ASCII. */
const WORDS: Record<string, string> = {
  交易日期: 'bdbbd2d7c8d5c6da',
  交易时间: 'bdbbd2d7cab1bce4',
  借方发生额: 'bde8b7bdb7a2c9fab6ee',
  贷方发生额: 'b4fbb7bdb7a2c9fab6ee',
  账户余额: 'd5cbbba7d3e0b6ee',
  对方户名: 'b6d4b7bdbba7c3fb',
  对方账号: 'b6d4b7bdd5cbbac5',
  摘要: 'd5aad2aa',
  流水号: 'c1f7cbaebac5',
  合计: 'bacfbcc6',
  建设银行合作方: 'bda8c9e8d2f8d0d0bacfd7f7b7bd',
  活动款: 'bbeeb6afbfee',
}
function gb(text: string): Buffer {
  const parts = text.split(new RegExp(`(${Object.keys(WORDS).join('|')})`))
  return Buffer.concat(
    parts.map((part) => (WORDS[part] ? Buffer.from(WORDS[part], 'hex') : Buffer.from(part, 'ascii'))),
  )
}

test('names in GB18030, account numbers and counterparties of a statement are not stored', async () => {
  await stage.import('bank-statement', gb(statement([['B4', '9.00', '']])), { client: null })
  const { rows } = await stage.pool.query('SELECT bill_line::text AS line FROM bill_line')
  expect(rows).toHaveLength(1)
  expect(rows[0].line).not.toMatch(/6222020000001234567|建设银行/)
})

describe('the buffer', () => {
  test('what differs is pending until T+3, and then a case, once', async () => {
    await stage.list([S])
    expect(await stage.runs.run(DATE, '2026-11-04')).toMatchObject({
      casesOpened: 0,
      runs: [{ state: 'pending', countsOn: '2026-11-05' }],
    })
    expect((await stage.cases.list({ limit: 10 })).cases).toEqual([])
    expect(await stage.runs.run(DATE, '2026-11-05')).toMatchObject({ casesOpened: 1, runs: [{ state: 'counted' }] })
    expect(await stage.runs.run(DATE, '2026-11-05')).toMatchObject({ casesOpened: 0 })
    expect((await stage.cases.list({ limit: 10 })).cases).toMatchObject([
      {
        kind: 'marketing_missing',
        client: 'till',
        serial: 'S1',
        businessDate: DATE,
        source: 'transactions',
        theirs: 10_000,
        discount: 1500,
        line: 1,
        state: 'open',
      },
    ])
  })

  test('what comes within it is no case', async () => {
    await stage.list([S])
    await stage.runs.run(DATE, '2026-11-03')
    expect(await stage.broken()).toEqual({ marketing_missing: ['S1'] })
    await stage.book({ serial: 'S1', date: '2026-11-04' })
    expect(await stage.runs.run(DATE, '2026-11-05')).toMatchObject({
      casesOpened: 0,
      runs: [{ matchedLines: 1, books: 0 }],
    })
    await stage.list([], { date: '2026-11-04' })
    expect(await stage.runs.run('2026-11-04', '2026-11-07')).toMatchObject({
      casesOpened: 0,
      runs: [{ lines: 0, books: 1, matchedBooks: 1 }],
    })
  })
})

test('whoever has sent lists and sends none for a day of ours has a case, after the buffer', async () => {
  await stage.book(S)
  expect(await stage.runs.run(DATE, '2026-11-05')).toMatchObject({ casesOpened: 0, runs: [] })
  await stage.list([{ serial: 'X', discount: 0 }], { date: '2026-11-01' })
  expect(await stage.runs.run(DATE, '2026-11-04')).toMatchObject({ casesOpened: 0 })
  expect(await stage.runs.run(DATE, '2026-11-05')).toMatchObject({ casesOpened: 1 })
  expect((await stage.cases.list({ limit: 10 })).cases).toMatchObject([
    { kind: 'list_missing', client: 'till', serial: DATE, amount: 10_000, discount: 1500 },
  ])
  expect(await stage.runs.remind(DATE)).toEqual({ '-': 1 })
  expect((await stage.cases.list({ limit: 10 })).cases[0]!.remindedAt).toBeDefined()
})

test('a list that is missing is a case for each currency: yen and fen are not added', async () => {
  await stage.list([{ serial: 'X', discount: 0 }], { date: '2026-11-01' })
  await stage.book(S)
  await stage.book({ serial: 'J1', amountFen: 5000, discountFen: 500, currency: 'JPY' })
  expect(await stage.runs.run(DATE, '2026-11-05')).toMatchObject({ casesOpened: 2 })
  const { cases } = await stage.cases.list({ limit: 10 })
  expect(cases.map(({ serial, currency, amount }) => [serial, currency, amount]).sort()).toEqual([
    [DATE, 'CNY', 10_000],
    [`${DATE}@JPY`, 'JPY', 5000],
  ])
})

test('what is due is the business date before', async () => {
  expect(await stage.runs.dueDate('2026-11-03T02:30:00Z')).toBe(DATE)
  expect(await stage.runs.dueDate('2026-11-02T15:59:59Z')).toBe('2026-11-01')
  expect(await stage.runs.dueDate('2026-11-02T16:00:00Z')).toBe(DATE)
})
