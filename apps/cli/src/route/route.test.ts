import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execFileSync, spawnSync } from 'node:child_process'
import { makeExample } from './example'

const CLI = join(__dirname, '..', '..', 'dist', 'cli.js')
// A program of its own, not one of jest's.
const env = { ...process.env, JEST_WORKER_ID: undefined }
let dir = ''
const at = (name: string) => join(dir, name)
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'lijian-route-'))
  execFileSync(process.execPath, [CLI, 'route', 'example', '--out', dir, '--payments', '6000'], { env })
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function lijian(...words: string[]): { code: number | null; out: string; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'route', ...words], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  })
  return { code: status, out: stdout, said: stderr }
}
const files = () => ['--payments', at('payments.ndjson'), '--merchants', at('merchants.json')]
const config = () => ['--config', at('routing.json')]

test('the example has 10 channels, 3 layers of pools, 500 MIDs and 2,000 merchants; the same seed makes the same', () => {
  const routing = JSON.parse(readFileSync(at('routing.json'), 'utf8')) as Record<string, { code: string }[]>
  expect(['channels', 'mids', 'merchants'].map((kind) => routing[kind]!.length)).toEqual([10, 500, 2000])
  expect(new Set(routing['pools']!.map(({ code }) => code.replace(/-\d+$/, '')))).toEqual(
    new Set(['P-CITY', 'P-TRADE', 'P-COUNTRY']),
  )
  expect(makeExample(1, 100)).toEqual(makeExample(1, 100))
  expect(makeExample(2, 100).payments).not.toEqual(makeExample(1, 100).payments)
})

test('a line per payment, a summary, no MID past its limit; explained or not, the same routes', () => {
  const { code, out } = lijian(...config(), ...files(), '--summary', at('summary.json'))
  expect(code).toBe(0)
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines).toHaveLength(6000)
  expect(Object.keys(lines[0]!)).toEqual(['serial', 'mid', 'channel', 'pool', 'cost'])
  const summary = JSON.parse(readFileSync(at('summary.json'), 'utf8')) as {
    routed: number
    refused: number
    mids: Record<string, { shareOfLimitPpm: number }>
  }
  expect(summary.routed + summary.refused).toBe(6000)
  for (const { shareOfLimitPpm } of Object.values(summary.mids)) expect(shareOfLimitPpm).toBeLessThanOrEqual(1_000_000)
  const explained = lijian(...config(), ...files(), '--explain')
    .out.trimEnd()
    .split('\n')
  expect(explained.map((line) => (JSON.parse(line) as { mid: string }).mid)).toEqual(lines.map(({ mid }) => mid))
  expect(explained.some((line) => line.includes('"reason":"merchant_not_allowed"'))).toBe(true)
})

test('without a route: the reason of every MID', () => {
  const payment = {
    serial: 'N1',
    merchant: 'M0001',
    method: 'wechat',
    type: 'qr',
    amount: 6_000_000,
    at: '2026-11-25T12:00:00+08:00',
  }
  writeFileSync(at('one.ndjson'), `${JSON.stringify(payment)}\n${JSON.stringify({ ...payment, amount: 1 })}\n`)
  const { out } = lijian(...config(), '--payments', at('one.ndjson'), '--merchants', at('merchants.json'))
  const [first, second] = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { reasons: { reason: string }[] })
  expect(first).toMatchObject({ serial: 'N1', mid: null, channel: null, pool: null, cost: null })
  expect(first!.reasons.length).toBeGreaterThan(50)
  expect(first!.reasons.map(({ reason }) => reason)).toContain('amount_above_maximum')
  expect(second).toMatchObject({ serial: 'N1', error: 'serial_reused' })
})

test('a channel stops: what moves, and who cannot pay', () => {
  const draft = JSON.parse(readFileSync(at('routing.json'), 'utf8')) as { channels: { status?: string }[] }
  draft.channels[0]!.status = 'suspended'
  writeFileSync(at('draft.json'), JSON.stringify(draft))
  const { out } = lijian('diff', ...config(), '--config', at('draft.json'), ...files(), '--json')
  const report = JSON.parse(out) as {
    payments: number
    moved: number
    moves: Record<string, number>
    refused: { a: number; b: number }
  }
  expect(report.payments).toBe(6000)
  expect(report.moved).toBe(Object.values(report.moves).reduce((sum, n) => sum + n, 0))
  expect(report.moved).toBeGreaterThan(100)
  expect(report.refused.b).toBeGreaterThanOrEqual(report.refused.a)
  expect(lijian('diff', ...config(), '--config', at('routing.json'), ...files()).out).toContain('0 move')
  expect(JSON.parse(lijian('drill', ...config(), '--channel', 'CH-A', '--json').out)).toEqual([])
})

test('reports: compliance, forecast', () => {
  const report = JSON.parse(lijian('compliance', ...config(), '--merchants', at('merchants.json'), '--json').out) as {
    sharedPools: { approvedBy: string }[]
    mismatches: unknown[]
  }
  expect(report.sharedPools).toHaveLength(9)
  expect(report.mismatches).toEqual([])
  const forecast = JSON.parse(lijian('forecast', ...config(), ...files(), '--at', '12:00', '--json').out) as {
    looked: number
  }
  expect(forecast.looked).toBeGreaterThan(500)
})

test.each<[string, () => string[], RegExp]>([
  ['no configuration', () => files(), /^lijian: required option '--config <file>' not specified$/m],
  [
    'a file that is not there',
    () => ['--config', at('none.json'), ...files()],
    /^lijian: .*none\.json: no such file$/m,
  ],
  [
    'a document that is not valid',
    () => ['--config', at('merchants.json'), ...files()],
    /^lijian: .*merchants\.json: expected an object/m,
  ],
  ['one configuration for two', () => ['diff', ...config(), ...files()], /^lijian: expected --config A --config B/m],
  [
    'a channel that is none',
    () => ['drill', ...config(), '--channel', 'CH-Z'],
    /^lijian: expected a channel of .*, found CH-Z$/m,
  ],
  ['a language that is none', () => ['check', ...config(), '--lang', 'fr'], /^lijian: option '--lang <language>'/m],
  [
    'an option of its sister',
    () => ['forecast', ...config(), ...files(), '--at', '12:00', '--out', at('x')],
    /^lijian: unknown option '--out'/m,
  ],
  [
    'a summary where nothing can be written',
    () => [...config(), ...files(), '--out', at('o'), '--summary', at('none/s.json')],
    /^lijian: .*none\/s\.json: cannot be written: ENOENT/m,
  ],
  [
    'a summary over what is read',
    () => [...config(), ...files(), '--out', at('o'), '--summary', at('routing.json')],
    /^lijian: .*routing\.json: is read by this command/m,
  ],
  [
    'a summary over the answers',
    () => [...config(), ...files(), '--out', at('o'), '--summary', at('./o')],
    /^lijian: .*o: is to be the answers and the summary/m,
  ],
  ['a time that is none', () => ['forecast', ...config(), ...files(), '--at', 'noon'], /expected a time such as 12:00/],
])('%s: one line and exit code 2', (_name, words, said) => {
  const answer = lijian(...words())
  expect(answer.code).toBe(2)
  expect(answer.said).toMatch(said)
  expect(answer.said).not.toMatch(/^ {4}at /m)
  // Nothing is left of what was to be written.
  expect(readdirSync(dir).filter((name) => name === 'o' || name.endsWith('.part'))).toEqual([])
})

test.each(['"failure":"channel_error"}', '"outcome":"success","failure":"channel_error"}'])(
  '%s: whose fault it was, of what did not fail, is refused and not counted as a success',
  (end) => {
    const line =
      '{"serial":"S1","merchant":"M0001","method":"wechat","type":"qr","amount":1,"at":"2026-11-25T12:00:00+08:00",'
    writeFileSync(at('fault.ndjson'), `${line}${end}\n`)
    const { code, said } = lijian(...config(), '--payments', at('fault.ndjson'))
    expect(code).toBe(2)
    expect(said).toMatch(/fault\.ndjson:1: failure: expected only with outcome "failure"$/m)
  },
)

test('a wrong line is named by its number, and a card number in it is not repeated', () => {
  writeFileSync(
    at('bad.ndjson'),
    '{"serial":"S1","merchant":"M0001","method":"wechat","type":"qr","amount":1,"at":"2026-11-25T12:00:00+08:00","cardToken":"6221660000010018"}\n',
  )
  const { code, said } = lijian(...config(), '--payments', at('bad.ndjson'))
  expect(code).toBe(2)
  expect(said).toContain('bad.ndjson:1: cardToken: expected a token of 16 to 128')
  expect(said).not.toContain('6221660000010018')
})
