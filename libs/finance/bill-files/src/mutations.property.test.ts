import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { BillFault } from './fault'
import { BILL_LAYOUTS } from './layouts'
import { BillReader } from './reader'
import { MUTATIONS, picker } from './testing/mutate'
import { slowRead, type SlowResult } from './testing/slow-reader'

const SAMPLES = join(__dirname, '..', 'samples')
const sample = (part: string) =>
  readFileSync(
    join(
      SAMPLES,
      readdirSync(SAMPLES).find((name) => name.includes(part))!,
    ),
  )
const LIST = [
  'serial',
  'kind',
  'originalSerial',
  'amount',
  'discount',
  'payable',
  'fee',
  'outcome',
  'at',
  'card',
  'upstreamSerial',
  'currency',
]
const rows = [
  [
    'S1',
    'payment',
    '',
    10_000,
    1500,
    8500,
    51,
    'success',
    '2026-11-02T09:00:00+08:00',
    '621226******0013',
    'U1',
    'CNY',
  ],
  ['S2', 'payment', '', 5000, 0, 5000, '', 'failure', '2026-11-02T09:00:01', '', '', ''],
  ['R1', 'refund', 'S1', 10_000, 1500, 8500, '', 'success', '2026-11-02T10:00:00.5Z', '', '"二"', 'CNY'],
] as (string | number)[][]
const csv = (cell: string | number) =>
  String(cell).includes('"') ? `"${String(cell).replaceAll('"', '""')}"` : String(cell)
const FILES: Record<string, Buffer> = {
  'unionpay-zm': sample('ZM_898'),
  'unionpay-zm-131': sample('ZM_898'),
  'unionpay-zme': sample('ZME_898'),
  'wechat-trade-all': sample('wechat_trade'),
  'wechat-fundflow': sample('wechat_fundflow'),
  'alipay-trade': sample('_业务明细.csv'),
  'alipay-account': sample('_账务明细.csv'),
  // "流水号,交易日期,交易时间,借方发生额,贷方发生额,账户余额,摘要" and "合计" in GB18030.
  'bank-statement': Buffer.from(
    'c1f7cbaebac52cbdbbd2d7c8d5c6da2cbdbbd2d7cab1bce42cbde8b7bdb7a2c9fab6ee2cb4fbb7bdb7a2c9fab6ee2cd5cbbba7d3e0b6ee2cd5aad2aa0a' +
      Buffer.from('1,20261102,09:00:01,,1.00,101.00,x\n2,20261102,09:00:02,0.50,,100.50,"a\nb"\n').toString('hex') +
      `bacfbcc6${Buffer.from(',,2,0.50,1.00,,\n').toString('hex')}`,
    'hex',
  ),
  'lijian-acknowledgement': Buffer.from(
    'H|main\nevent|client|serial|originalSerial|offer|settle|status\ncapture|till|S1||FOOD|1500|settled\nrefund|till|R1|S1|FOOD|700|refused\nT|2|2200\n',
  ),
  'lijian-list-csv': Buffer.from(
    [LIST.join(','), ...rows.map((row) => row.map(csv).join(',')), 'TOTAL,3,25000,3000', ''].join('\n'),
  ),
  'lijian-list-ndjson': Buffer.from(
    [
      ...rows.map((row) => JSON.stringify(Object.fromEntries(LIST.map((name, i) => [name, row[i]])))),
      '{"total":{"count":3,"amount":25000,"discount":3000}}',
      '',
    ].join('\n'),
  ),
}

const SHOWN = [
  'line',
  'key',
  'kind',
  'state',
  'serial',
  'originalSerial',
  'reference',
  'client',
  'offer',
  'amountFen',
  'discountFen',
  'payableFen',
  'feeFen',
  'balanceFen',
  'at',
]
function fastRead(code: string, file: Buffer, piece: number): SlowResult {
  const reader = new BillReader(BILL_LAYOUTS.get(code)!, '2026-11-02')
  try {
    const found = []
    for (let at = 0; at < file.length; at += piece) found.push(...reader.read(file.subarray(at, at + piece)))
    found.push(...reader.end().found)
    return {
      rows: found.map((line) =>
        Object.fromEntries(Object.entries(line).filter(([name]) => SHOWN.includes(name))),
      ) as never,
    }
  } catch (error) {
    if (!(error instanceof BillFault)) throw error
    const { path } = error.errors[0]!
    return { refusedAt: path === 'header' ? path : Number(/^line (\d+)/.exec(path)![1]) }
  }
}

test('every layout has a file here, every kind of mutation is of use', () => {
  expect(Object.keys(FILES).sort()).toEqual([...BILL_LAYOUTS.keys()].sort())
  expect(Object.keys(MUTATIONS).length).toBeGreaterThanOrEqual(20)
  for (const [code, file] of Object.entries(FILES)) {
    const found = slowRead(BILL_LAYOUTS.get(code)!, '2026-11-02', file)
    expect([code, 'rows' in found]).toEqual([code, true])
    expect(fastRead(code, file, 1000)).toEqual(found)
  }
  for (const [name, mutate] of Object.entries(MUTATIONS)) {
    const changed = Object.entries(FILES).some(
      ([code, file]) => !mutate(file, picker(7), BILL_LAYOUTS.get(code)!).equals(file),
    )
    expect([name, changed]).toEqual([name, true])
  }
})

test('whatever happens to a file: both readers have the same rows, or refuse it at the same line', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.keys(FILES)),
      fc.array(fc.tuple(fc.constantFrom(...Object.keys(MUTATIONS)), fc.nat()), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 4000 }),
      (code, mutations, piece) => {
        const layout = BILL_LAYOUTS.get(code)!
        const file = mutations.reduce(
          (bytes, [name, seed]) => MUTATIONS[name]!(bytes, picker(seed), layout),
          FILES[code]!,
        )
        expect(fastRead(code, file, piece)).toEqual(slowRead(layout, '2026-11-02', file))
      },
    ),
    { numRuns: 500 },
  ))
