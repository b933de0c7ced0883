import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip, gzipSync } from 'node:zlib'
import { backtestReport, type BacktestReport } from '@lijian/contracts/marketing'
import { lijian } from './testing/command'
import { faultsOf, reachesOutside } from './testing/well-formed'

const examples = join(__dirname, '..', '..', '..', 'campaigns', 'example-payments')
const folder = mkdtempSync(join(tmpdir(), 'lijian-backtest-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const NASTY = `满100减15 </svg><script>alert("&amp;")</script>`
const campaign = (changed: object = {}, offer: object = {}) => ({
  code: 'C1',
  name: NASTY,
  timeZone: 'Asia/Shanghai',
  from: '2026-01-01',
  paymentMode: 'postpay',
  funders: [
    { partner: 'CCB', sharePpm: 700_000 },
    { partner: '@merchant', sharePpm: 300_000 },
  ],
  offers: [
    {
      code: 'O1',
      name: NASTY,
      kind: 'amount',
      budget: { count: 2 },
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } },
      ...offer,
    },
  ],
  ...changed,
})
const pay = (serial: string, changed: object = {}) => ({
  serial,
  merchant: 'M1',
  amount: 10_000,
  paymentMethod: 'qr',
  at: '2026-11-23T12:00:00+08:00',
  ...changed,
})
const PAYMENTS = [
  pay('A', { card: { token: 'card-token-number-1' } }),
  pay('F', { outcome: 'failure' }),
  pay('B', { at: '2026-11-24T12:00:00+08:00', card: { token: 'card-token-number-1' } }),
  pay('C', { at: '2026-11-25T12:00:00+08:00', card: { token: 'card-token-number-2' } }),
  pay('X', { amount: 1, merchant: 'M2' }),
  { event: 'refund', originalSerial: 'A', serial: 'R1', amount: 5_000, at: '2026-11-26T12:00:00+08:00' },
  { event: 'refund', originalSerial: 'X', serial: 'R2', amount: 1 },
  { event: 'void', originalSerial: 'B', serial: 'V1' },
  pay('A', { card: { token: 'card-token-number-1' } }),
  pay('A', { amount: 5 }),
]
const lines = (entries: readonly object[]): string => entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')
const file = (name: string, content: unknown): string => {
  const isRaw = typeof content === 'string' || Buffer.isBuffer(content)
  writeFileSync(join(folder, name), isRaw ? content : JSON.stringify(content))
  return name
}
const backtest = (input: string | Buffer, ...more: string[]) =>
  lijian(folder, ['backtest', '--campaigns', file('a.json', campaign()), '--payments', '-', ...more], input)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

test('tables on stdout: cost, reach, run-out and refusals', async () => {
  const { code, out, err } = await backtest(lines(PAYMENTS))
  expect(code).toBe(0)
  expect(err).toMatch(/^10 lines in .*: evaluated\n$/)
  expect(out).toContain('-: 4 payments of 300.01 at 2 merchants with 2 cards, 2026-11-23T12:00:00+08:00 to 2026-11-25T12:00:00+08:00; 1 failed, 2 refunds, 1 voids, 0 reversals, 1 repeated lines, 1 errors') // prettier-ignore
  // Two of 15.00; the void brings back one, the refund half of the other.
  expect(out).toMatch(/discount, net +7\.50\n +given +30\.00\n +returned +22\.50\n/)
  expect(out).toMatch(/of all payments +50\.00 %/)
  expect(out).toMatch(/of all cards +50\.00 %/)
  expect(out).toMatch(/C1\/O1#budget +total +- +7\.50 +2 +1 +1 +2026-11-25T12:00:00\+08:00 +0 uses\n/)
  expect(out).toMatch(/CCB +21\.00 +15\.75 +5\.25\n +@merchant +9\.00 +6\.75 +2\.25\n/)
  expect(out).toMatch(/amount_below_minimum +1 +1\n +budget_exhausted +1 +1\n/)
  expect(out).toMatch(/without_offer +1\n/)
  expect(out).toMatch(/2026-11-26 +0 +0\.00 +7\.50 +-7\.50\n/)
})

test('--json is the report, its discount that of the lines of evaluate; a packed file says the same', async () => {
  const plain = await backtest(lines(PAYMENTS), '--json', '-')
  const report = backtestReport.strict().parse(JSON.parse(plain.out))
  file('p.ndjson', lines(PAYMENTS))
  file('p.ndjson.gz', gzipSync(lines(PAYMENTS)))
  const evaluate = (payments: string) =>
    lijian(folder, ['evaluate', '--campaigns', 'a.json', '--payments', payments, '--explain'])
  const [unpacked, packed] = [await evaluate('p.ndjson'), await evaluate('p.ndjson.gz')]
  expect([packed.code, packed.out]).toEqual([0, unpacked.out])
  const sum = packed.out.trim().split('\n').slice(0, 8)
    .map((line) => JSON.parse(line) as { state: string; discount?: number; originalSerial?: string })
    .filter(({ state }) => !['cancelled', 'refused'].includes(state))
    .reduce((net, { discount, originalSerial }) => net + (originalSerial === undefined ? 1 : -1) * discount!, 0) // prettier-ignore
  expect(report.a.totals.discount).toBe(sum)
  await lijian(folder, ['backtest', '--campaigns', 'a.json', '--payments', 'p.ndjson.gz', '--json', 'r.json'])
  expect(JSON.parse(read('r.json'))).toEqual(report)
})

test('against itself no difference; against another draft its differences', async () => {
  const itself = await backtest(lines(PAYMENTS), '--against', 'a.json', '--json', '-')
  const { difference } = JSON.parse(itself.out) as BacktestReport
  expect(Object.values(difference!).flat().filter((entry) => entry.difference !== 0)).toEqual([]) // prettier-ignore
  file('b.json', campaign({}, { budget: { count: 1 } }))
  const other = await backtest(lines(PAYMENTS), '--against', 'b.json')
  expect(other.out).toMatch(/discount, net +7\.50 +7\.50 +0\.00\n +given +30\.00 +15\.00 +\+15\.00\n/)
  expect(other.out).toMatch(/of all payments +50\.00 % +25\.00 % +\+25\.00 pp\n/)
  expect(other.out).toMatch(/budget_exhausted +1 +3 +-2\n/)
})

test.each`
  _case              | more                       | input
  ${'one draft'}     | ${[]}                      | ${lines(PAYMENTS)}
  ${'two drafts'}    | ${['--against', 'b.json']} | ${lines(PAYMENTS)}
  ${'nothing given'} | ${[]}                      | ${lines([pay('X', { amount: 1 })])}
  ${'no payments'}   | ${['--against', 'b.json']} | ${''}
  ${'ten years'}     | ${[]}                      | ${lines([pay('A'), pay('B', { at: '2036-11-23T12:00:00Z' })])}
`('the page is well-formed, in two languages, and needs nothing else: $_case', async ({ more, input }) => {
  file('b.json', campaign({ budget: { amount: 1_600 } }))
  const { code } = await backtest(input as string, '--html', 'page.html', ...(more as string[]))
  expect(code).toBe(0)
  const page = read('page.html')
  expect(faultsOf(page)).toEqual([])
  expect(reachesOutside(page)).toEqual([])
  expect(page).toContain(`http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-`)
  // What one language says, the other says too.
  expect(page.match(/ lang="zh-CN"/g)!.length).toBe(page.match(/ lang="en"/g)!.length + 1)
  expect(page).not.toMatch(/NaN|undefined|Infinity|null/)
})

test('the checker of pages sees what is wrong', () => {
  expect(faultsOf('<!DOCTYPE html><p class="a"><b>x &amp; y</b><br/></p>')).toEqual([])
  for (const bad of ['<p><b></p></b>', '<p>', '<p>a & b</p>', '<p a="1" a="2"></p>', '<p a=1></p>', 'a > b', '<p a="&"></p>'])
    expect(faultsOf(bad)).not.toEqual([]) // prettier-ignore
  for (const bad of ['<img src="x"/>', '<a href="x">', '<p style="a">', '<style>a{b:url(x)}</style>'])
    expect(reachesOutside(bad)).not.toEqual([])
})

test('bad input: exit code 2, one line with its number, no file left', async () => {
  const bad = await backtest(`${lines([pay('A')])}{"serial":1}\n`, '--html', 'never.html', '--json', 'never.json')
  expect(bad.code).toBe(2)
  expect(bad.err).toMatch(/^lijian: -:2: .*serial/)
  expect(bad.err.trim().split('\n')).toHaveLength(1)
  expect(readdirSync(folder).filter((name) => name.startsWith('never'))).toEqual([])
})

test('what cannot work is said at once', async () => {
  file('twice.json', [campaign(), campaign({ code: 'C2' })])
  const run = (...args: string[]) => lijian(folder, ['backtest', '--payments', 'p.ndjson', ...args])
  file('p.ndjson', lines(PAYMENTS))
  file('cut.ndjson.gz', gzipSync(lines(PAYMENTS)).subarray(0, 60))
  file('plain.ndjson.gz', lines(PAYMENTS))
  expect(await run('--campaigns', 'twice.json')).toMatchObject({
    code: 2,
    err: 'lijian: twice.json: offer O1 is in campaigns C1 and C2: give each offer its own code\n',
  })
  const nowhere = await run('--campaigns', 'a.json', '--html', 'nowhere/page.html')
  expect([nowhere.code, nowhere.err]).toEqual([
    2,
    expect.stringMatching(/^lijian: nowhere\/page.html: cannot be written/),
  ])
  for (const name of ['cut.ndjson.gz', 'plain.ndjson.gz']) {
    const { code, err } = await lijian(folder, ['backtest', '--campaigns', 'a.json', '--payments', name])
    expect([code, err]).toEqual([2, expect.stringMatching(new RegExp(`^lijian: ${name}: not a whole gzip file`))])
  }
  const missing = await lijian(folder, ['backtest', '--campaigns', 'a.json', '--payments', 'missing.gz'])
  expect([missing.code, missing.err]).toEqual([2, 'lijian: missing.gz: no such file\n'])
})

test('where one of two files cannot be written, neither is begun', async () => {
  const folderAsPage = await backtest(lines(PAYMENTS), '--json', 'two.json', '--html', '.')
  expect(folderAsPage).toMatchObject({ code: 2, out: '' })
  expect(folderAsPage.err).toMatch(/^lijian: \.: is a folder; expected the name of a file to write\n$/)
  const twice = await backtest(lines(PAYMENTS), '--json', 'two.json', '--html', './two.json')
  expect(twice).toMatchObject({ code: 2, out: '' })
  expect(twice.err).toBe('lijian: ./two.json: is to be the JSON and the page; give each a file of its own\n')
  expect(readdirSync(folder).filter((name) => name.startsWith('two.json'))).toEqual([])
})

test('the shipped drafts on the beginning of the shipped payments', async () => {
  const head: string[] = []
  const packed = createReadStream(join(examples, 'birmingham.ndjson.gz'))
  for await (const line of createInterface({ input: packed.pipe(createGunzip()) })) {
    head.push(line)
    if (head.length === 5_000) break
  }
  packed.destroy()
  const drafts = join(examples, 'drafts', 'birmingham')
  const { code, out } = await lijian(
    folder,
    [
      ...['backtest', '--campaigns', join(drafts, 'draft.json'), '--against', join(drafts, 'alternative.json')],
      ...['--payments', '-', '--merchants', join(examples, 'birmingham-merchants.json'), '--json', '-'],
    ],
    head.join('\n'),
  )
  expect(code).toBe(0)
  const { lines: input, a, b } = backtestReport.parse(JSON.parse(out))
  expect(input.payments + input.refunds).toBe(5_000)
  for (const { totals, offers } of [a, b!]) {
    expect(totals.discount).toBeGreaterThan(0)
    expect(totals.returned).toBeGreaterThan(0)
    for (const { uses } of offers) expect(uses).toBeGreaterThan(0)
  }
})

test('a file in several currencies has sums for each, with its decimals; a page shows one', async () => {
  const yen = campaign({ code: 'Y', currency: 'JPY', funders: [{ partner: 'YBANK', sharePpm: 1_000_000 }] }, { code: 'YO', name: 'y' }) // prettier-ignore
  const read = ['backtest', '--campaigns', file('both.json', [campaign(), yen]), '--payments', '-']
  const payments = lines([
    pay('A'),
    pay('J', { currency: 'JPY', amount: 12_345 }),
    pay('H', { currency: 'HKD' }),
    { event: 'refund', originalSerial: 'J', serial: 'RJ', amount: 12_345 },
    pay('J2', { currency: 'JPY' }),
  ])
  const { code, out } = await lijian(folder, [...read, '--json', '-'], payments)
  expect(code).toBe(0)
  const reports = JSON.parse(out) as BacktestReport[]
  expect(
    reports.map(({ currency, lines: { payments: n, amount, refunds }, a: { totals } }) => [
      currency,
      n,
      amount,
      refunds,
      totals.given,
      totals.returned,
    ]),
  ).toEqual([
    ['CNY', 1, 10_000, 0, 1_500, 0],
    ['JPY', 2, 22_345, 1, 3_000, 1_500],
    ['HKD', 1, 10_000, 0, 0, 0],
  ])
  for (const report of reports) expect(backtestReport.safeParse(report).error).toBeUndefined()
  const tables = await lijian(folder, read, payments)
  expect(tables.out).toContain('1 payments of 100.00 at')
  expect(tables.out).toContain('2 payments of 22,345 JPY at')
  const page = await lijian(folder, [...read, '--html', 'several.html'], payments)
  expect([page.code, page.err.trim().split('\n').at(-1)]).toEqual([2, 'lijian: -: payments in CNY and JPY and HKD: a page shows one currency, part the file or leave --html out']) // prettier-ignore
})

test.each`
  currency | paid      | has
  ${'JPY'} | ${10_000} | ${['20,000 JPY', '1,500</b>', '（JPY）', '(JPY)', 'Amounts in JPY']}
  ${'KWD'} | ${10_000} | ${['20.000 KWD', '1.500</b>', 'Amounts in KWD']}
  ${'CNY'} | ${10_000} | ${['200.00 元', '15.00</b>', 'Amounts in yuan']}
`('a page in $currency says so, with its decimals', async ({ currency, paid, has }) => {
  const of = campaign({ currency }, { budget: { amount: 1_600 } })
  const read = ['backtest', '--campaigns', file('one.json', of), '--payments', '-', '--html', 'one.html']
  const payments = lines([pay('A', { currency, amount: paid }), pay('B', { currency, amount: paid })])
  expect((await lijian(folder, read, payments)).code).toBe(0)
  const page = readFileSync(join(folder, 'one.html'), 'utf8')
  for (const text of has as string[]) expect(page).toContain(text)
  if (currency !== 'CNY') expect(page).not.toMatch(/yuan|元|¥|15\.00(?! %)/)
})

test('a partner that funds in two currencies is refused', async () => {
  const yen = campaign({ code: 'Y', currency: 'JPY' }, { code: 'YO', name: 'y' })
  const { code, err } = await lijian(folder, ['backtest', '--campaigns', file('two.json', [campaign(), yen]), '--payments', '-'], '') // prettier-ignore
  expect([code, err]).toEqual([2, 'lijian: two.json: CCB funds campaign C1 in CNY and Y in JPY: a partner has one currency, give each its own\n']) // prettier-ignore
})
