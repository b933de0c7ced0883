import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BILL_LAYOUTS } from './layouts'
import { BillReader } from './reader'
import type { BillLine } from './row-reader'

const SAMPLES = join(__dirname, '..', 'samples')
const bytesOf = (part: string) =>
  readFileSync(
    join(
      SAMPLES,
      readdirSync(SAMPLES).find((name) => name.includes(part))!,
    ),
  )

/** The same file in pieces of every size: lines and cells are cut anywhere. */
function readAll(layout: string, bytes: Buffer, piece = bytes.length): BillLine[] {
  const reader = new BillReader(BILL_LAYOUTS.get(layout)!, '2026-11-02')
  const found: BillLine[] = []
  for (let at = 0; at < bytes.length; at += piece) found.push(...reader.read(bytes.subarray(at, at + piece)))
  return [...found, ...reader.end().found]
}
const sum = (lines: BillLine[], kind: string, of: (line: BillLine) => number) =>
  lines.filter((line) => line.kind === kind).reduce((total, line) => total + of(line), 0)

test.each`
  layout                | file                 | lines | first                                                                                                                                                                        | last
  ${'unionpay-zm'}      | ${'ZM_898'}          | ${12} | ${{ kind: 'payment', serial: 'M202611020001', amountFen: 12800, feeFen: 77, card: '621226******0013', at: '2026-11-02T09:12:03+08:00', reference: '202611020912031000001' }} | ${{ kind: 'refund', serial: 'R202611020002', originalSerial: 'M202611020001', amountFen: 4000, feeFen: 24 }}
  ${'unionpay-zm-131'}  | ${'ZM_898'}          | ${12} | ${{ kind: 'payment', serial: 'M202611020001', amountFen: 12800, feeFen: 77 }}                                                                                                | ${{ kind: 'refund', serial: 'R202611020002', amountFen: 4000, feeFen: 24 }}
  ${'unionpay-zme'}     | ${'ZME_898'}         | ${1}  | ${{ kind: 'dispute', amountFen: 5990, card: '622848******7219' }}                                                                                                            | ${{ reference: '300001' }}
  ${'wechat-trade-all'} | ${'wechat_trade'}    | ${12} | ${{ kind: 'payment', serial: 'M202611020001', amountFen: 12800, payableFen: 11800, discountFen: 1000, feeFen: 71 }}                                                          | ${{ kind: 'refund', serial: 'R202611020002', originalSerial: 'M202611020001', amountFen: 4000, feeFen: 24 }}
  ${'wechat-fundflow'}  | ${'wechat_fundflow'} | ${22} | ${{ kind: 'receipt', serial: 'M202611020001', amountFen: 11800, balanceFen: 1011800 }}                                                                                       | ${{ kind: 'payout', serial: 'R202611020002', amountFen: 3976 }}
  ${'alipay-trade'}     | ${'_业务明细.csv'}   | ${12} | ${{ kind: 'payment', serial: 'M202611020001', amountFen: 12800, payableFen: 11800, feeFen: 71, at: '2026-11-02T09:12:03+08:00' }}                                            | ${{ kind: 'refund', serial: 'R202611020002', originalSerial: 'M202611020001', amountFen: 4000, payableFen: 4000, feeFen: 24 }}
  ${'alipay-account'}   | ${'_账务明细.csv'}   | ${22} | ${{ kind: 'receipt', serial: 'M202611020001', amountFen: 11800, balanceFen: 511800 }}                                                                                        | ${{ kind: 'payout', amountFen: 4000, balanceFen: 738048 }}
`('$layout reads the sample of the field', ({ layout, file, lines, first, last }) => {
  const bytes = bytesOf(file as string)
  const found = readAll(layout as string, bytes)
  expect(found).toHaveLength(lines as number)
  expect(found[0]).toMatchObject(first as object)
  expect(found.at(-1)).toMatchObject(last as object)
  expect(new Set(found.map(({ key }) => key)).size).toBe(found.length)
  for (const piece of [1, 7, 97, 1000]) expect(readAll(layout as string, bytes, piece)).toEqual(found)
})

test('the bills of one day agree with each other', () => {
  const [zm, wechat, alipay] = [
    readAll('unionpay-zm', bytesOf('ZM_898')),
    readAll('wechat-trade-all', bytesOf('wechat_trade')),
    readAll('alipay-trade', bytesOf('_业务明细.csv')),
  ]
  for (const bill of [zm, wechat, alipay]) {
    expect(sum(bill, 'payment', ({ amountFen }) => amountFen)).toBe(261_969)
    expect(sum(bill, 'refund', ({ amountFen }) => amountFen)).toBe(13_900)
  }
})
