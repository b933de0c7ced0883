import { Buffer } from 'node:buffer'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { lijian } from './testing/command'

const folder = mkdtempSync(join(tmpdir(), 'lijian-borders-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const file = (name: string, content: string | Buffer): string => {
  writeFileSync(join(folder, name), content)
  return name
}
/** 张 in GBK where the text has @. */
const gbk = (text: string): Buffer => {
  const [before, after] = text.split('@') as [string, string]
  return Buffer.concat([Buffer.from(before), Buffer.from('d5c5', 'hex'), Buffer.from(after)])
}

const campaign = {
  code: 'C',
  name: '每客每日一次',
  timeZone: 'Asia/Shanghai',
  from: '2026-01-01',
  paymentMode: 'postpay',
  funders: [{ partner: 'BANK', sharePpm: 1_000_000 }],
  offers: [
    {
      code: 'O',
      name: '9折',
      kind: 'amount',
      rule: { benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 900_000 }] } },
    },
  ],
}
const CAMPAIGN = file('campaign.json', JSON.stringify(campaign))
const pay = (serial: string, changed: object = {}) =>
  JSON.stringify({
    serial,
    merchant: 'M1',
    amount: 1000,
    paymentMethod: 'qr',
    at: '2026-11-24T12:00:00+08:00',
    ...changed,
  })
const evaluate = (input: string | Buffer) =>
  lijian(folder, ['evaluate', '--campaigns', CAMPAIGN, '--payments', '-'], input)

test('payments in GBK: exit code 2 with line and byte, no customer is another one', async () => {
  const { code, err } = await evaluate(gbk(`${pay('A')}\n{"serial":"B","customer":"@"}\n`))
  expect({ code, err }).toEqual({
    code: 2,
    err: 'lijian: stdin: line 2, byte 27: expected text in UTF-8 (应为UTF-8 编码的文本)\n',
  })
  const packed = file('p.ndjson.gz', gzipSync(gbk(`${pay('A')}\n\n{"customer":"@"}`)))
  const { code: ofPacked, err: say } = await lijian(folder, ['evaluate', '--campaigns', CAMPAIGN, '--payments', packed])
  expect(ofPacked).toBe(2)
  expect(say).toMatch(/^lijian: p\.ndjson\.gz: line 3, byte 14: expected text in UTF-8 \(.*\)\n$/)
})

test.each`
  _case                         | line                                              | says
  ${'half a surrogate pair'}    | ${String.raw`{"serial":"A","customer":"\ud800"}`} | ${/customer: expected text/}
  ${'NUL in a key'}             | ${String.raw`{"serial":"A","x\u0000":1}`}         | ${/\?: expected text/}
  ${'DEL'}                      | ${pay('A', { customer: 'a\x7f' })}                | ${/customer: expected text/}
  ${'a tab in a customer'}      | ${pay('A', { customer: 'a\tb' })}                 | ${/customer: expected text/}
  ${'a customer that was lost'} | ${pay('A', { customer: '\uFFFD\uFFFD' })}         | ${/customer: expected text of which nothing was lost/}
`('$_case: one line, exit code 2', async ({ line, says }) => {
  const { code, err } = await evaluate(`${line}\n`)
  expect(code).toBe(2)
  expect(err).toMatch(says as RegExp)
  expect(err.trim().split('\n')).toHaveLength(1)
})

test('a line of blanks is no payment, a byte order mark none of its text', async () => {
  const { code, out, err } = await evaluate(`\uFEFF${pay('A')}\r\n   \r\n\t\n${pay('B')}\n  `)
  expect({ code, lines: out.trim().split('\n').length, err }).toEqual({
    code: 0,
    lines: 2,
    err: expect.stringContaining('2 lines'),
  })
})

test('documents: check, backtest, route and their files beside', async () => {
  const wrong = file('gbk.json', gbk(JSON.stringify({ ...campaign, name: '@' }, null, 1)))
  const half = file('half.json', JSON.stringify({ ...campaign, name: 'x' }).replace('"x"', String.raw`"\udc00"`))
  const payments = file('pay.ndjson', `${pay('A')}\n`)
  const routes = file('routes.ndjson', gbk(`{"serial":"@"}\n`))
  const routing = file('routing.json', '{}')
  const asks: [string[], RegExp][] = [
    [['check', wrong], /^lijian: gbk\.json: line 3, byte 11: expected text in UTF-8/],
    [['check', half], /^lijian: half\.json: name: expected text/],
    [
      ['check', CAMPAIGN, '--amounts', file('amounts.csv', gbk('amount\n@\n'))],
      /^lijian: amounts\.csv: line 2, byte 1: /,
    ],
    [['evaluate', '--campaigns', wrong, '--payments', payments], /^lijian: gbk\.json: line 3, byte 11: /],
    [['evaluate', '--campaigns', CAMPAIGN, '--payments', payments, '--merchants', wrong], /^lijian: gbk\.json: line 3/],
    [
      ['backtest', '--campaigns', CAMPAIGN, '--payments', file('b.ndjson', gbk('{"customer":"@"}'))],
      /^lijian: b\.ndjson: line 1, byte 14: /,
    ],
    [['route', 'check', '--config', wrong], /^lijian: gbk\.json: line 3, byte 11: /],
    [['route', 'check', '--config', half], /^lijian: half\.json: name: expected text/],
    [['route', '--config', routing, '--payments', routes], /^lijian: /],
  ]
  for (const [args, says] of asks) {
    const { code, err } = await lijian(folder, args)
    expect({ args, code }).toEqual({ args, code: 2 })
    expect(err).toMatch(says)
  }
})
