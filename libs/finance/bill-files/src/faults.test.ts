import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { billLayout } from '@lijian/contracts/finance'
import fc from 'fast-check'
import { BILL_LAYOUTS } from './layouts'
import { BillFault } from './fault'
import { BillReader } from './reader'

const SAMPLES = join(__dirname, '..', 'samples')
const bytesOf = (part: string) =>
  readFileSync(
    join(
      SAMPLES,
      readdirSync(SAMPLES).find((name) => name.includes(part))!,
    ),
  )
// latin1 keeps every byte as it is.
const changed = (part: string, from: string | RegExp, to: string) => {
  const before = bytesOf(part).toString('latin1')
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  return Buffer.from(after, 'latin1')
}

function faultsOf(layout: string, bytes: Buffer): string[] {
  const reader = new BillReader(BILL_LAYOUTS.get(layout)!, '2026-11-02')
  try {
    reader.read(bytes)
    reader.end()
  } catch (error) {
    if (!(error instanceof BillFault)) throw error
    for (const { messageZh } of error.errors) expect(messageZh).toMatch(/[一-鿿]/)
    return error.errors.map(({ path, message }) => `${path}: ${message}`)
  }
  return []
}

test.each`
  _case                                  | layout                | bytes                                                                     | first
  ${'a total that is wrong by one fen'}  | ${'wechat-trade-all'} | ${() => changed('wechat_trade', '`2619.69', '`2619.68')}                  | ${'line 15, 订单总金额: the file says 2619.68, its lines sum to 2619.69 yuan'}
  ${'a line that is wrong by one fen'}   | ${'wechat-trade-all'} | ${() => changed('wechat_trade', /`128\.00(?=,`0\.00,`\r?\n)/, '`128.01')} | ${'line 15, 订单总金额: the file says 2619.69, its lines sum to 2619.70 yuan'}
  ${'a count that is wrong by one'}      | ${'wechat-trade-all'} | ${() => changed('wechat_trade', '`12.0', '`13.0')}                        | ${'line 15, 总交易单数: the file counts 13, its lines are 12'}
  ${'torn before the totals'}            | ${'wechat-trade-all'} | ${() => bytesOf('wechat_trade').subarray(0, 3000)}                        | ${/^line \d+: found \d+ cells, expected 27: it is torn/}
  ${'torn at the end of a line'}         | ${'alipay-trade'}     | ${() => bytesOf('_业务明细.csv').subarray(0, cut('_业务明细.csv', 6))}    | ${'line 6: the file is torn: its total payments is missing'}
  ${'a refund total of Alipay, one fen'} | ${'alipay-trade'}     | ${() => changed('_业务明细.csv', '-139.00', '-139.01')}                   | ${'line 20, returned: the file says -139.01, its lines sum to -139.00 yuan'}
  ${'a line is missing in the middle'}   | ${'alipay-account'}   | ${() => without('_账务明细.csv', 8)}                                      | ${/^line 8, 账户余额（元）: found a balance of \d+ fen, after the line before it is \d+ fen/}
  ${'ZM: one byte is missing'}           | ${'unionpay-zm'}      | ${() => changed('ZM_898', 'S22 ', 'S22')}                                 | ${'line 1: found 606 bytes, expected 607: the line is torn'}
  ${'ZM: the fee is one fen more'}       | ${'unionpay-zm'}      | ${() => changed('ZM_898', 'D000000000077', 'D000000000078')}              | ${'line 1, column 17: found 127.23, the other amounts of the line make 127.22 yuan'}
  ${'ZM: torn in its last line'}         | ${'unionpay-zm'}      | ${() => bytesOf('ZM_898').subarray(0, -1)}                                | ${'line 12: the file is torn: its last line has no end'}
  ${'ZM: an unknown type'}               | ${'unionpay-zm'}      | ${() => changed('ZM_898', ' 01 01 000201', ' 77 01 000201')}              | ${'line 1, column 20: expected a kind that the layout lists'}
  ${'a wrong layout'}                    | ${'alipay-trade'}     | ${() => bytesOf('wechat_trade')}                                          | ${/^(line 1|header): /}
  ${'an empty file'}                     | ${'alipay-trade'}     | ${() => Buffer.alloc(0)}                                                  | ${'header: expected a header: the file is empty'}
  ${'bytes that are no text'}            | ${'wechat-trade-all'} | ${() => changed('wechat_trade', 'sample goods', '\xff\xfe')}              | ${'line 2: expected text in utf-8'}
  ${'a line in dollars'}                 | ${'wechat-trade-all'} | ${() => changed('wechat_trade', /`CNY(?=,`59\.90)/, '`USD')}              | ${'line 3, 货币种类: expected yuan: amounts in another currency are never added to them'}
  ${'an amount with three decimals'}     | ${'wechat-trade-all'} | ${() => changed('wechat_trade', '`118.00', '`118.001')}                   | ${'line 2, 应结订单金额: expected yuan with at most two decimals'}
`('$_case: the file is refused and says where', ({ layout, bytes, first }) => {
  const faults = faultsOf(layout as string, (bytes as () => Buffer)())
  if (typeof first === 'string') expect(faults[0]).toBe(first)
  else expect(faults[0]).toMatch(first as RegExp)
})

function cut(part: string, lines: number): number {
  const bytes = bytesOf(part)
  let at = 0
  for (let i = 0; i < lines; i++) at = bytes.indexOf(10, at) + 1
  return at
}
function without(part: string, line: number): Buffer {
  const bytes = bytesOf(part)
  return Buffer.concat([bytes.subarray(0, cut(part, line - 1)), bytes.subarray(cut(part, line))])
}

test('a cell in the wrong place is never repeated: it may be a card number', () => {
  const faults = faultsOf('wechat-trade-all', changed('wechat_trade', '`118.00', '`6222020000001234567'))
  expect(faults.join()).not.toContain('6222020000001234567')
})

test('many faults: the first twenty are named, and reading stops', () => {
  const lines = Array.from(
    { length: 100 },
    () => '{"serial":"S","kind":"payment","amount":"x","outcome":"success"}\n',
  ).join('')
  expect(faultsOf('lijian-list-ndjson', Buffer.from(lines))).toHaveLength(20)
})

test('a time without a year is the one nearest to the date of the file', () => {
  const reader = new BillReader(BILL_LAYOUTS.get('unionpay-zm')!, '2027-01-01')
  const [line] = reader.read(changed('ZM_898', '1102091203', '1231235959'))
  expect(line!.at).toBe('2026-12-31T23:59:59+08:00')
})

test('card numbers are masked, whatever the file shows', () => {
  const row = JSON.stringify({
    serial: 'S1',
    kind: 'payment',
    amount: 1,
    outcome: 'success',
    card: '6222020000001234567',
  })
  const [line] = new BillReader(BILL_LAYOUTS.get('lijian-list-ndjson')!, '2026-11-02').read(Buffer.from(`${row}\n`))
  expect(line!.card).toBe('622202******4567')
})

const yuan = (fen: number) => (fen / 100).toFixed(2)
const amounts = fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 30 })
const listOf = (fens: number[], total: number) =>
  Buffer.from(
    [
      'serial,kind,originalSerial,amount,discount,payable,fee,outcome,at,card,upstreamSerial',
      ...fens.map((fen, i) => `S${i},payment,,${fen},0,${fen},,success,,,`),
      `TOTAL,${fens.length},${total},0`,
      '',
    ].join('\n'),
  )

test('a file is accepted exactly when its total is its sum, cut where it may be', () =>
  fc.assert(
    fc.property(amounts, fc.integer({ min: -3, max: 3 }), fc.integer({ min: 1, max: 50 }), (fens, off, piece) => {
      const sum = fens.reduce((total, fen) => total + fen, 0)
      fc.pre(sum + off >= 0)
      const bytes = listOf(fens, sum + off)
      const reader = new BillReader(BILL_LAYOUTS.get('lijian-list-csv')!, '2026-11-02')
      const read = () => {
        const found = []
        for (let at = 0; at < bytes.length; at += piece) found.push(...reader.read(bytes.subarray(at, at + piece)))
        return [...found, ...reader.end().found]
      }
      if (off !== 0) expect(read).toThrow(BillFault)
      else expect(read().map(({ amountFen }) => amountFen)).toEqual(fens)
    }),
    { numRuns: 300 },
  ))

test('a torn list is never accepted, wherever it is torn', () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 10 }), fc.nat(), (fens, at) => {
      const whole = listOf(
        fens,
        fens.reduce((total, fen) => total + fen, 0),
      )
      // Without the line end after its totals it is still whole.
      const torn = whole.subarray(0, at % (whole.length - 3))
      expect(faultsOf('lijian-list-csv', torn)).not.toEqual([])
    }),
    { numRuns: 300 },
  ))

test('yuan and fen are the same money', () =>
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), (fen) => {
      const layout = billLayout.parse({ ...BILL_LAYOUTS.get('lijian-list-csv')!, unit: 'yuan' })
      const file = listOf([], 0)
        .toString()
        .replace('TOTAL,0,0,0', `S,payment,,${yuan(fen)},0,${yuan(fen)},,success,,,\nTOTAL,1,${yuan(fen)},0.00`)
      expect(new BillReader(layout, '2026-11-02').read(Buffer.from(file))[0]!.amountFen).toBe(fen)
    }),
  ))

test.each`
  _case                           | change                                                         | path
  ${'no amount'}                  | ${{ fields: { serial: { column: 'a' } } }}                     | ${'fields.amount'}
  ${'no header and a name'}       | ${{ form: { type: 'fixed', widths: [3] } }}                    | ${'fields.amount.0.column'}
  ${'nothing tells lines apart'}  | ${{ basis: 'account', fields: { amount: [{ column: 'a' }] } }} | ${'fields.serial'}
  ${'a bank without a reference'} | ${{ basis: 'bank' }}                                           | ${'fields.reference'}
  ${'a key that is not known'}    | ${{ colour: 'red' }}                                           | ${''}
`('a layout is refused: $_case', ({ change, path }) => {
  const least = {
    code: 'x',
    name: 'x',
    basis: 'transactions',
    source: 'x',
    encoding: 'utf-8',
    form: { type: 'delimited', delimiter: ',' },
    unit: 'fen',
    kind: { is: 'payment' },
    fields: { serial: { column: 's' }, amount: [{ column: 'a' }] },
  }
  expect(billLayout.safeParse(least).success).toBe(true)
  const parsed = billLayout.safeParse({ ...least, ...(change as object) })
  expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toContain(path)
})
