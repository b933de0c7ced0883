import { hash } from 'node:crypto'
import fc from 'fast-check'
import { GROUP_MEMBERS_MAX } from '@lijian/contracts/marketing'
import { groupCard, groupCustomer } from '@lijian/privacy'
import { fingerprintsOf } from '@lijian/rules'
import { LineDigest } from './line-digest'

const tokenKey = Buffer.alloc(32, 3)
const PAN = '6222021234567890128'
const TOKEN = `cd_${hash('sha256', 'x', 'base64url')}`

function digest(
  kind: 'card_group' | 'customer_group',
  text: string | Buffer,
  json = false,
  cuts: number[] = [],
): LineDigest {
  const made = new LineDigest({ kind, tokenKeys: [tokenKey], json })
  const bytes = Buffer.from(text)
  let from = 0
  for (const cut of [...cuts.map((one) => one % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    made.push(bytes.subarray(from, cut))
    from = Math.max(from, cut)
  }
  made.end()
  return made
}

const whatOf = (made: LineDigest) => ({
  ...made.progress,
  errors: made.errors,
  bins: [...made.bins],
  tokens: made.tokens.sorted(),
})

test.each`
  line                             | kind                | json     | means
  ${PAN}                           | ${'card_group'}     | ${false} | ${{ token: groupCard(tokenKey, PAN) }}
  ${`  ${PAN}\r`}                  | ${'card_group'}     | ${false} | ${{ token: groupCard(tokenKey, PAN) }}
  ${`token:${TOKEN}`}              | ${'card_group'}     | ${false} | ${{ token: TOKEN }}
  ${TOKEN}                         | ${'card_group'}     | ${false} | ${{ fault: 'card' }}
  ${'622202'}                      | ${'card_group'}     | ${false} | ${{ bin: '622202' }}
  ${'62220212345'}                 | ${'card_group'}     | ${false} | ${{ bin: '62220212345' }}
  ${'62220'}                       | ${'card_group'}     | ${false} | ${{ fault: 'card' }}
  ${'bin:6'}                       | ${'card_group'}     | ${false} | ${{ bin: '6' }}
  ${'bin:622202123456'}            | ${'card_group'}     | ${false} | ${{ bin: '622202123456' }}
  ${'bin:6222021234567'}           | ${'card_group'}     | ${false} | ${{ fault: 'bin' }}
  ${'622202123456'}                | ${'card_group'}     | ${false} | ${{ fault: 'luhn' }}
  ${`token:${PAN}`}                | ${'card_group'}     | ${false} | ${{ fault: 'token' }}
  ${JSON.stringify(PAN)}           | ${'card_group'}     | ${true}  | ${{ token: groupCard(tokenKey, PAN) }}
  ${`{"card":"${PAN}"}`}           | ${'card_group'}     | ${true}  | ${{ token: groupCard(tokenKey, PAN) }}
  ${`{"card":${PAN}}`}             | ${'card_group'}     | ${true}  | ${{ fault: 'card' }}
  ${'{"bin":"6"}'}                 | ${'card_group'}     | ${true}  | ${{ bin: '6' }}
  ${`{"token":"${TOKEN}"}`}        | ${'card_group'}     | ${true}  | ${{ token: TOKEN }}
  ${'{"customer":"C1"}'}           | ${'card_group'}     | ${true}  | ${{ fault: 'cardJson' }}
  ${'["x"]'}                       | ${'card_group'}     | ${true}  | ${{ fault: 'cardJson' }}
  ${'{}'}                          | ${'card_group'}     | ${true}  | ${{ fault: 'cardJson' }}
  ${'张小明'}                      | ${'customer_group'} | ${false} | ${{ token: groupCustomer(tokenKey, '张小明') }}
  ${'622202'}                      | ${'customer_group'} | ${false} | ${{ token: groupCustomer(tokenKey, '622202') }}
  ${`token:${TOKEN}`}              | ${'customer_group'} | ${false} | ${{ token: TOKEN }}
  ${'bin:6'}                       | ${'customer_group'} | ${false} | ${{ token: groupCustomer(tokenKey, 'bin:6') }}
  ${'x'.repeat(129)}               | ${'customer_group'} | ${false} | ${{ fault: 'customer' }}
  ${Buffer.from([0xc3, 0x28])}     | ${'customer_group'} | ${false} | ${{ fault: 'encoding' }}
  ${'{"customer":"token:abc"}'}    | ${'customer_group'} | ${true}  | ${{ token: groupCustomer(tokenKey, 'token:abc') }}
  ${'{"card":"6222021234567890"}'} | ${'customer_group'} | ${true}  | ${{ fault: 'customerJson' }}
  ${'nothing'}                     | ${'customer_group'} | ${true}  | ${{ fault: 'customerJson' }}
`(
  '$kind: $line',
  ({ line, kind, json, means }: { line: string; kind: 'card_group'; json: boolean; means: Record<string, string> }) => {
    const { bins, tokens, errors } = whatOf(digest(kind, line, json))
    expect({ bins, tokens, errors }).toEqual({
      bins: means['bin'] === undefined ? [] : [means['bin']],
      tokens: fingerprintsOf(means['token'] === undefined ? [] : [means['token']]),
      errors: means['fault'] === undefined ? [] : [{ line: 1, fault: means['fault'] }],
    })
  },
)

test('a customer’s own token means the customer', () => {
  const own = groupCustomer(tokenKey, '李四')
  expect(digest('customer_group', `李四\ntoken:${own}\n${own}\n`).tokens.sorted()).toEqual(fingerprintsOf([own]))
})

const anyLine = fc.oneof(
  fc.constantFrom(PAN, `${PAN}9`, '622202', `token:${TOKEN}`, '', '  ', '张小明', 'x'.repeat(1_025), 'y'.repeat(6_000)),
  fc.string({ unit: 'binary', maxLength: 20 }),
)

test('a file means the same however it is cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      fc.array(fc.nat(20_000), { maxLength: 8 }),
      fc.constantFrom('card_group' as const, 'customer_group' as const),
      (lines, end, cuts, kind) => {
        const text = lines.join(end)
        expect(whatOf(digest(kind, text, false, cuts))).toEqual(whatOf(digest(kind, text)))
      },
    ),
    { numRuns: 300 },
  )
})

test('lines are counted with the blank ones; the last may lack its end', () => {
  expect(digest('card_group', `${PAN}\n\n\nx\n${PAN}`)).toMatchObject({
    progress: { lines: 5, accepted: 2, errorCount: 1 },
    errors: [{ line: 4, fault: 'card' }],
  })
})

test('a line without an end is dropped while it comes, and named once', () => {
  const made = new LineDigest({ kind: 'card_group', tokenKeys: [tokenKey], json: false })
  for (let n = 0; n < 100; n++) made.push(Buffer.alloc(1 << 16, 'x'))
  made.push(Buffer.from(`\n${PAN}\n`))
  made.end()
  expect(made).toMatchObject({ progress: { lines: 2, accepted: 1 }, errors: [{ line: 1, fault: 'long' }] })
})

test('what is larger than any group is said to be', () => {
  const made = new LineDigest({ kind: 'card_group', tokenKeys: [tokenKey], json: false })
  const blank = Buffer.alloc(1 << 20, '\n')
  while (!made.progress.isTooLarge) made.push(blank)
  expect(made.progress.lines).toBeGreaterThan(2 * GROUP_MEMBERS_MAX)
})

test('a number is a member under every key, a token as it is', () => {
  const keys = [tokenKey, Buffer.alloc(32, 4)]
  const made = new LineDigest({ kind: 'card_group', tokenKeys: keys, json: false })
  made.push(Buffer.from(`${PAN}\ntoken:${TOKEN}\n`))
  made.end()
  const members = [...keys.map((key) => groupCard(key, PAN)!), TOKEN]
  expect(made.tokens.sorted()).toEqual(fingerprintsOf(members))
  expect(made.progress.accepted).toBe(2)
})
