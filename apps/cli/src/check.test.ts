import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { documentWarning } from '@lijian/contracts/marketing'

const root = join(__dirname, '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'lijian-check-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// A program that finds itself in a jest worker waits to be called.
const { JEST_WORKER_ID: _, ...env } = process.env
const check = (args: string[], input = '') => {
  const command = [join(root, 'apps', 'cli', 'dist', 'cli.js'), 'check', ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, env, input, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}
const file = (name: string, content: unknown): string => {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  return name
}

/** 满100减 5 to 15 in whole yuan, mean 10.00. */
const offer = (code: string, changed: object = {}, rule: object = {}) => ({
  code,
  name: '满100减5-15',
  kind: 'amount',
  ...changed,
  rule: {
    benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: { min: 500, max: 1_500, step: 100 } }] },
    ...rule,
  },
})
const campaign = (code: string, offers: object[] = [offer('A')], changed: object = {}) => ({
  code,
  name: '满百立减',
  timeZone: 'Asia/Shanghai',
  from: '2026-01-01',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  budget: { amount: 48_999 },
  offers,
  ...changed,
})
/** One payment of four gets 10.00 on average. */
const FOUR = 'amount,count\n9999,3\n10000,1\n'

test('a line for each campaign with its expected cost, then what is odd, in both languages; exit code 0', () => {
  const low = offer('B', { priority: -1 })
  const path = file('two.json', [campaign('C1'), campaign('C2', [offer('A'), low], { budget: { count: 9 } })])
  const { code, out, err } = check([path, '--amounts', file('four.csv', FOUR)])
  expect([code, err]).toEqual([0, ''])
  expect(out.split('\n')).toEqual([
    'C1 满百立减: valid, 1 offer, 0 warnings; expected per payment 2.50',
    '  info expected_cost offers[0].rule.benefit: Expected per payment 2.50, per grant 10.00 (5.00 to 15.00), over the amounts four.csv. (按金额分布 four.csv,平均每笔交易 2.50,每次优惠 10.00(5.00 至 15.00)。)',
    'C2 满百立减: valid, 2 offers, 1 warning; expected per payment 2.50 to 2.50, each offer alone',
    expect.stringMatching(/^ {2}info expected_cost offers\[0\]/),
    expect.stringMatching(
      /^ {2}warning offer_shadowed offers\[1\]: Wherever B applies, A comes first: .*\(凡 B 适用之处 A 都优先/,
    ),
    expect.stringMatching(/^ {2}info expected_cost offers\[1\]/),
    '',
  ])
})

test('days are reckoned when the payments of a day are stated', () => {
  const args = [file('one.json', campaign('C1')), '--amounts', file('four.csv', FOUR)]
  const short = (...more: string[]) => check([...args, ...more]).out.includes('warning budget_short budget:')
  expect(short()).toBe(false)
  expect(short('--payments-per-day', '7')).toBe(true)
  expect(short('--payments-per-day', '7', '--min-days', '6')).toBe(false)
  expect(short('--payments-per-day', '6')).toBe(false)
})

test('--json gives one document, of the shape that the API answers', () => {
  const bad = { ...campaign('C3'), colour: 1 }
  const path = file('mixed.json', [campaign('C1'), bad])
  const { code, out, err } = check([path, '--json', '--payments-per-day', '1000000'])
  expect(code).toBe(2)
  expect(err).toBe('lijian: mixed.json: colour: unknown key "colour" (未知的键 "colour")\n')
  const { campaigns } = JSON.parse(out)
  expect(campaigns).toMatchObject([
    {
      file: 'mixed.json',
      code: 'C1',
      name: '满百立减',
      offers: 1,
      errors: [],
      warnings: [{ code: 'budget_short' }, {}],
    },
    {
      file: 'mixed.json',
      errors: [{ path: 'colour', message: 'unknown key "colour"', messageZh: '未知的键 "colour"' }],
      warnings: [],
    },
  ])
  expect(documentWarning.array().parse(campaigns[0].warnings)).toHaveLength(2)
  expect(check([file('one.json', campaign('C1')), '--json']).code).toBe(0)
})

test('two documents of one code are an error of the second, also in JSON', () => {
  const path = file('twice.json', [campaign('C1'), campaign('C1')])
  expect(check([path])).toMatchObject({
    code: 2,
    out: '',
    err: 'lijian: twice.json: code: campaign C1 is there twice: give each its own code (活动 C1 出现了两次:每个活动要有自己的代码)\n',
  })
  const { campaigns } = JSON.parse(check([path, '--json']).out)
  expect(campaigns.map(({ errors }: { errors: object[] }) => errors.length)).toEqual([0, 1])
})

const PAYMENTS = `{"serial":"1","merchant":"M","amount":9999}\n{"serial":"2","amount":9999}\n\n{"serial":"3","amount":10000}
{"event":"refund","originalSerial":"3","serial":"4","amount":5000}\n{"amount":9999}\n`
test.each`
  _case                                 | content                                            | mean
  ${'a column with a count'}            | ${FOUR}                                            | ${'250'}
  ${'the same with Windows line ends'}  | ${FOUR.replaceAll('\n', '\r\n')}                   | ${'250'}
  ${'an amount a line'}                 | ${'9999\n9999\n10000\n9999\n'}                     | ${'250'}
  ${'columns among others, in quotes'}  | ${'id,Amount\n"a","9999"\n"b","10000"\n'}          | ${'500'}
  ${'a file of payments with a refund'} | ${PAYMENTS}                                        | ${'250'}
  ${'JSON with counts'}                 | ${'{"amount":9999,"count":3}\n{"amount":10000}\n'} | ${'250'}
`('amounts from $_case', ({ content, mean }) => {
  const { out } = check([file('one.json', campaign('C1')), '--json', '--amounts', '-'], content as string)
  expect(JSON.parse(out).campaigns[0].warnings).toMatchObject([
    { proof: { amounts: 'stdin', meanPerPaymentFen: { exact: mean } } },
  ])
})

test.each`
  _case                      | content                         | says
  ${'nothing'}               | ${'\n'}                         | ${'f.csv: no amounts in it: one a line is expected, in fen'}
  ${'no column of the name'} | ${'id,sum\n1,2\n'}              | ${'f.csv: line 1: expected an amount in fen, or a header that names a column "amount"'}
  ${'yuan'}                  | ${'amount\n100\n99.99\n'}       | ${'f.csv: line 3: amount: expected a whole number of fen, 1 or more'}
  ${'a payment without one'} | ${'{"amount":1}\n{"serial":1}'} | ${'f.csv: line 2: amount: expected a whole number of fen, 1 or more'}
  ${'a count of none'}       | ${'100,0\n'}                    | ${'f.csv: line 1: count: expected a whole number, 1 or more'}
  ${'half a line'}           | ${'{"amount":1\n'}              | ${'f.csv: line 1: not JSON'}
`('amounts that are none: $_case', ({ content, says }) => {
  const { code, out, err } = check([file('one.json', campaign('C1')), '--amounts', file('f.csv', content)])
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(`lijian: ${says as string}`)
  expect(err.trim().split('\n')).toHaveLength(1)
})

test('options that are no numbers, and files that are not there', () => {
  const path = file('one.json', campaign('C1'))
  for (const option of ['--min-days', '--payments-per-day'])
    expect(check([path, option, '0'])).toMatchObject({ code: 2, err: expect.stringContaining('1 or more is expected') })
  expect(check([path, '--amounts', 'none.csv'])).toMatchObject({ code: 2, err: 'lijian: none.csv: no such file\n' })
})

test('amounts have the decimals of the campaign: 500 yen are 500, a dinar has three', () => {
  const [yen, dinar] = ['JPY', 'KWD'].map((currency) => campaign(currency, [offer('A')], { currency }))
  const { code, out } = check([file('yen.json', [yen, dinar]), '--amounts', file('four.csv', FOUR)])
  expect(code).toBe(0)
  expect(out).toContain('expected per payment 250 JPY\n')
  expect(out).toContain('Expected per payment 250, per grant 1000 (500 to 1500)')
  expect(out).toContain('expected per payment 0.250 KWD\n')
  expect(out).toContain('per grant 1.000 (0.500 to 1.500)')
})
