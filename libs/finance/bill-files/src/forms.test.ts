import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BillLayout } from '@lijian/contracts/finance'
import { BillFault } from './fault'
import { BILL_LAYOUTS } from './layouts'
import { BillReader } from './reader'

const SAMPLES = join(__dirname, '..', 'samples')
const bytesOf = (part: string) =>
  readFileSync(
    join(
      SAMPLES,
      readdirSync(SAMPLES).find((name) => name.includes(part))!,
    ),
  )
const layoutOf = (code: string, changed: Partial<BillLayout> = {}) => ({ ...BILL_LAYOUTS.get(code)!, ...changed })

function read(layout: BillLayout, bytes: Buffer | string) {
  const reader = new BillReader(layout, '2026-11-02')
  try {
    const found = reader.read(Buffer.from(bytes as string))
    return [...found, ...reader.end().found]
  } catch (error) {
    if (!(error instanceof BillFault)) throw error
    return error.errors.map(({ path, message }) => `${path}: ${message}`)
  }
}

const wechat = (state: string) =>
  bytesOf('wechat_trade').toString().replace('`ORIGINAL,`SUCCESS', `\`ORIGINAL,\`${state}`)
test.each`
  state           | read
  ${'SUCCESS'}    | ${'success'}
  ${'FAIL'}       | ${'failure'}
  ${'PROCESSING'} | ${'failure'}
  ${'CHANGE'}     | ${'failure'}
  ${'CLOSED'}     | ${'failure'}
  ${''}           | ${'failure'}
  ${'NEW WORD'}   | ${'failure'}
`('a refund of WeChat with the state "$state" is a $read', ({ state, read: expected }) => {
  const lines = read(layoutOf('wechat-trade-all'), wechat(state as string)) as { kind: string; state: string }[]
  const refunds = lines.filter(({ kind }) => kind === 'refund').map((line) => line.state)
  expect(refunds.filter((one) => one !== expected)).toEqual(
    expected === 'success' ? [] : refunds.slice(1).map(() => 'success'),
  )
  expect(lines.filter(({ kind, state: of }) => kind === 'payment' && of !== 'success')).toEqual([])
})

const bank = layoutOf('bank-statement', { encoding: 'utf-8' })
const HEAD = '流水号,交易日期,交易时间,借方发生额,贷方发生额,账户余额,摘要\n'
test('a statement in another currency is refused, by its line; without such a column it is in yuan', () => {
  const rows = (currency: string, other: string) =>
    `${HEAD.replace('摘要', '币种')}1,20261102,09:00:01,,1.00,101.00,${currency}\n2,20261102,09:00:02,,1.00,102.00,${other}\n合计,,2,0.00,2.00,,\n`
  for (const yuan of ['CNY', '人民币', '156']) expect(read(bank, rows(yuan, 'RMB'))).toHaveLength(2)
  for (const other of ['HKD', '港币', '344', ''])
    expect(read(bank, rows('CNY', other))[0]).toBe(
      'line 3, 币种: expected yuan: amounts in another currency are never added to them',
    )
})

test('our own list is of one currency, that of its first line', () => {
  const list = (...currencies: (string | undefined)[]) =>
    currencies
      .map(
        (currency, i) =>
          `${JSON.stringify({ serial: `S${i}`, kind: 'payment', amount: 5, outcome: 'success', currency })}\n`,
      )
      .join('') + `{"total":{"count":${currencies.length},"amount":${5 * currencies.length},"discount":0}}\n`
  const layout = layoutOf('lijian-list-ndjson')
  for (const fine of [
    ['JPY', 'JPY'],
    [undefined, 'CNY'],
    [undefined, undefined],
  ])
    expect(read(layout, list(...fine))).toHaveLength(2)
  for (const mixed of [
    ['CNY', 'JPY'],
    ['JPY', undefined],
  ])
    expect(read(layout, list(...mixed))[0]).toBe(
      'line 2, currency: expected the currency of the lines before: send a file for each currency',
    )
  expect(read(layout, list('YEN'))[0]).toBe('line 1, currency: expected a currency of ISO 4217, such as CNY')
})

test('a cell in quotes has line breaks and quotes; its row is that of its first line', () => {
  const rows = '1,20261102,09:00:01,,1.00,101.00,"第一行\r\n""第二"",行\n\n第四"\n2,20261102,09:00:02,,1.00,102.00,x\n'
  const found = read(bank, `${HEAD}${rows}合计,,2,0.00,2.00,,\n`)
  expect(found).toMatchObject([
    { line: 2, reference: '1', amountFen: 100 },
    { line: 6, reference: '2' },
  ])
  expect(read(bank, `${HEAD}1,20261102,09:00:01,,1.00,101.00,"x\n合计,,2,0.00,2.00,,\n`)).toContain(
    'line 2: a quote is not closed: the line is torn',
  )
  expect(read(bank, `${HEAD}1,2,3,4,5,6,"${'x\n'.repeat(50_000)}`)).toEqual([
    'line 2: a quote is not closed: the line is torn',
  ])
})

test('blank lines are no rows, in every form', () => {
  const zm = bytesOf('ZM_898')
  const blanks = Buffer.concat([zm, Buffer.from('\r\n   \r\n'), Buffer.from(`${' '.repeat(607)}\r\n`)])
  expect(read(layoutOf('unionpay-zm'), blanks)).toHaveLength(12)
  const trade = bytesOf('wechat_trade').toString().replaceAll('\n', '\n \n')
  expect(read(layoutOf('wechat-trade-all'), trade)).toHaveLength(12)
})

test.each`
  _case                             | layout                                             | bytes                                                        | first
  ${'CR alone'}                     | ${bank}                                            | ${HEAD.replace('\n', '\r') + '1\r'}                          | ${'line 1: found CR within the line, expected LF or CR LF at its end'}
  ${'NUL'}                          | ${bank}                                            | ${`${HEAD}1,20261102,09:00:01,,1.00,101.00,\0\n`}            | ${'line 2: found a control character'}
  ${'UTF-16'}                       | ${bank}                                            | ${Buffer.from(`\uFEFF${HEAD}`, 'utf16le')}                   | ${'line 1: expected text in utf-8'}
  ${'UTF-8 to a layout in GB18030'} | ${layoutOf('alipay-trade')}                        | ${'#支付宝业务明细查询\n'}                                   | ${'line 1: found text in UTF-8, expected text in gb18030'}
  ${'its mark before a ZM file'}    | ${layoutOf('unionpay-zm')}                         | ${Buffer.concat([Buffer.from('\uFEFF'), bytesOf('ZM_898')])} | ${'line 1: found the byte order mark of UTF-8, expected text in gb18030'}
  ${'GB18030 to a layout in UTF-8'} | ${layoutOf('alipay-trade', { encoding: 'utf-8' })} | ${bytesOf('_业务明细.csv')}                                  | ${'line 1: expected text in utf-8'}
  ${'30 February'}                  | ${bank}                                            | ${`${HEAD}1,20260230,09:00:01,,1.00,101.00,\n`}              | ${'line 2, 交易日期: expected a time as the layout has it'}
  ${'the hour 25'}                  | ${bank}                                            | ${`${HEAD}1,20261102,25:00:01,,1.00,101.00,\n`}              | ${'line 2, 交易日期: expected a time as the layout has it'}
  ${'the year 0'}                   | ${bank}                                            | ${`${HEAD}1,00000101,09:00:01,,1.00,101.00,\n`}              | ${'line 2, 交易日期: expected a time as the layout has it'}
  ${'90 thousand million'}          | ${bank}                                            | ${`${HEAD}1,20261102,09:00:01,,90071992548.00,101.00,\n`}    | ${'line 2, 贷方发生额: expected at most 90 thousand million yuan'}
  ${'thirty digits'}                | ${bank}                                            | ${`${HEAD}1,20261102,09:00:01,,${'9'.repeat(30)},101.00,\n`} | ${'line 2, 贷方发生额: expected at most 90 thousand million yuan'}
  ${'two columns of one name'}      | ${bank}                                            | ${`${HEAD.replace('摘要', '流水号')}`}                       | ${'header: expected the columns 流水号: is it this layout?'}
  ${'totals twice'}                 | ${bank}                                            | ${`${HEAD}合计,,0,0.00,0.00,,\n合计,,0,0.00,0.00,,\n`}       | ${'line 3, 交易时间: the totals are there twice'}
`('$_case: refused with its line', ({ layout, bytes, first }) =>
  expect(read(layout as BillLayout, bytes as string)[0]).toBe(first),
)

test.each([
  '2026-02-30T10:00:00',
  '2026-11-02T24:00:00',
  '2026-11-02T25:00:00',
  '2026-11-02T10:00:60',
  '2026-11-02T10:00:00+99:99',
])('an instant that does not exist: %s', (at) => {
  const line = `${JSON.stringify({ serial: 'S', kind: 'payment', amount: 1, outcome: 'success', at })}\n`
  expect(read(layoutOf('lijian-list-ndjson'), line)[0]).toBe('line 1, at: expected a time as the layout has it')
})

test('NDJSON: what no text is made of, also as an escape', () => {
  const line =
    String.raw`{"serial":"S","kind":"payment","amount":1,"outcome":"success","upstreamSerial":"\ud800"}` + '\n'
  expect(read(layoutOf('lijian-list-ndjson'), line)[0]).toBe('line 1: found a control character or half of a pair')
})

test('request numbers of Alipay are unique within an order only', () => {
  const text = new TextDecoder('gb18030').decode(bytesOf('_业务明细.csv'))
  const refunds = [...text.matchAll(/,(R2026110200\d\d)\t?,/g)].map(([, number]) => number!)
  expect(refunds.length).toBeGreaterThan(1)
  const same = refunds.reduce((all, number) => all.replace(number, '1'), text)
  const lines = read(layoutOf('alipay-trade', { encoding: 'utf-8' }), same) as { key: string }[]
  expect(new Set(lines.map(({ key }) => key)).size).toBe(12)
})
