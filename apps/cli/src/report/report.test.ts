import { execFile } from 'node:child_process'
import { createHash, hash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApi, type RunningApi } from '@lijian/api'
import { Campaigns } from '@lijian/campaigns'
import { Merchants } from '@lijian/groups'
import { loadConfig } from '@lijian/config'
import { dataSource } from '@lijian/database'
import { ApiKeys, Clients } from '@lijian/identity'
import { migrateQueue } from '@lijian/job-queue'
import { startGenerator, type RunningGenerator } from '@lijian/report-generator'
import { createLogger } from '@lijian/telemetry'
import { freePort, sourceExecArgv, testDatabase } from '@lijian/testing'
import { Client } from 'pg'

/** The command as a user runs it, against a real API and a real report-generator; what stands between them can break a download. */
let database: Awaited<ReturnType<typeof testDatabase>>
let api: RunningApi
let generator: RunningGenerator
let front: Server
let base: string
let dataDir: string
let folder: string
let date: string
const keys: Record<string, string> = {}
/** What happens to the next downloads. */
let breaks: ('cut' | 'bit')[] = []

beforeAll(async () => {
  database = await testDatabase()
  dataDir = mkdtempSync(join(tmpdir(), 'lijian-report-'))
  const source = await dataSource(database.url, { poolSize: 2 }).initialize()
  for (const [who, scopes] of [
    ['transactionSystem', ['transactions']],
    ['finance', ['finance', 'read']],
  ] as const) {
    await new Clients(source).put(who, { name: who })
    keys[who] = (await new ApiKeys(source).make({ client: who, name: who, scopes: [...scopes] })).key
  }
  await new Merchants(source).put({ id: 'M1', name: 'n', status: 'active', fees: { default: { ppm: 6000 } } }, 'm')
  const rule = { benefit: { type: 'reduce' as const, tiers: [{ atLeast: 10_000, off: 123_456 }] } }
  await new Campaigns(source).put(
    {
      ...{ code: 'CCB', name: '建行', timeZone: 'Asia/Shanghai', from: '2020-01-01' },
      ...{ currency: 'CNY', paymentMode: 'postpay' as const, funders: [{ partner: 'CCB', sharePpm: 1_000_000 }] },
      offers: [{ code: 'FOOD', name: '=满减', kind: 'amount', merchants: ['M1'], rule }],
    },
    'm',
  )
  await new Campaigns(source).approve('CCB', 'c', await new Campaigns(source).read('CCB'))
  await source.destroy()
  writeFileSync(join(dataDir, 'keys.json'), JSON.stringify(keys))
  const owner = new Client({ connectionString: database.url })
  await owner.connect()
  await migrateQueue(owner, 'lijian_app')
  const config = loadConfig({
    DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    LIJIAN_DATA_DIR: dataDir,
    LIJIAN_REPORT_PORT: String(await freePort()),
    LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
    LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
    LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    LIJIAN_QUERY_DEADLINE_MS: '10000',
  })
  const log = createLogger({ service: 'test', level: 'silent' })
  api = await startApi(config, log)
  generator = await startGenerator(config, log)
  const behind = await api.app.listen({ host: '127.0.0.1', port: 0 })
  base = await standBefore(behind)
  for (const n of [1, 2, 3]) await pay(`S${n}`)
  const { rows } = await owner.query<{ date: string }>('SELECT max(business_date)::text AS date FROM journal')
  date = rows[0]!.date
  await owner.end()
})
afterAll(async () => {
  front.close()
  await generator.stop()
  await api.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})
beforeEach(() => {
  folder = mkdtempSync(join(dataDir, 'folder-'))
  breaks = []
})

/** Hands everything on; a download may be cut, or lose a bit. */
async function standBefore(behind: string): Promise<string> {
  front = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => void hand())
    const hand = async () => {
      const { authorization = '', 'content-type': type } = request.headers
      const answer = await fetch(behind + request.url!, {
        method: request.method!,
        headers: { authorization, ...(type === undefined ? {} : { 'content-type': type }) },
        ...(pieces.length > 0 ? { body: Buffer.concat(pieces) } : {}),
      })
      const bytes = Buffer.from(await answer.arrayBuffer())
      const broken = request.url!.startsWith('/v1/report-files/') ? breaks.shift() : undefined
      if (broken === 'bit') bytes[bytes.length - 1]! ^= 1
      response.writeHead(answer.status, { ...Object.fromEntries(answer.headers), 'content-length': bytes.length })
      if (broken !== 'cut') return response.end(bytes)
      return response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy())
    }
  })
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}`
}

async function pay(serial: string): Promise<void> {
  const ask = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${keys['transactionSystem']}`, 'content-type': 'application/json' }
    const answer = await fetch(base + path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(answer.status).toBe(200)
  }
  await ask('/v1/transactions', { serial, merchant: 'M1', amount: 200_000, paymentMethod: 'qr' })
  await ask(`/v1/transactions/${serial}/result`, { outcome: 'success', paid: 76_544 })
}

const lijian = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], LIJIAN_DATA_DIR: dataDir }
    const words = [...sourceExecArgv, join(__dirname, 'cli.ts'), ...args]
    execFile(process.execPath, words, { env, cwd: folder }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
const report = (...args: string[]) => lijian('merchant', '--from', date, '--url', base, ...args)

test('a file under the name that the report has; its SHA-256 is what the server says', async () => {
  const { code, out, err } = await report('--format', 'csv', '--section', 'details')
  expect({ code, err }).toMatchObject({ code: 0, err: expect.stringContaining('3 rows') })
  const name = out.trim()
  expect(name).toMatch(new RegExp(`^商户报表 ${date} \\d+\\.csv$`))
  const bytes = readFileSync(join(folder, name))
  expect(err).toContain(`SHA-256 ${createHash('sha256').update(bytes).digest('hex')}`)
  expect(bytes.toString()).toContain('S3')
  expect(readdirSync(folder)).toEqual([name])
})

test.each(['csv', 'xlsx'])('a %s under the name that is given', async (format) => {
  const { code, out } = await report('--format', format, '--language', 'en', '--output', `x.${format}`)
  expect({ code, out }).toEqual({ code: 0, out: `x.${format}\n` })
  expect(readFileSync(join(folder, `x.${format}`)).length).toBeGreaterThan(100)
})

test('printed: yuan with separators, the totals below, no file', async () => {
  const { code, out } = await report('--print', '--language', 'en')
  expect(code).toBe(0)
  const lines = out.split('\n')
  expect(lines[0]).toMatch(/^Business date +Currency +Merchants .*Payments +Amount +Discount/)
  expect(lines[2]).toMatch(new RegExp(`^${date} +CNY +1 .*3 +6,000\\.00 +3,703\\.68 `))
  expect(lines[3]).toMatch(/^Total +CNY .*3 +6,000\.00 +3,703\.68 /)
  expect(lines[4]).toMatch(/^shows /)
  expect(readdirSync(folder)).toEqual([])
  const details = await report('--print', '--section', 'details', '--rows', '2')
  expect(details.out).toContain('… and more: --rows N')
  expect(details.out).not.toContain('S3')
  expect((await report('--print', '--section', 'details', '--rows', '600')).out).toMatch(/S1[^]*S2[^]*S3[^]*合计/)
})

test('the list says what each report needs and takes', async () => {
  const { code, out } = await lijian('list', '--url', base)
  expect(code).toBe(0)
  expect(out).toMatch(/^merchant +商户报表 +days +/m)
})

test('a download that breaks in the middle is begun again with another link', async () => {
  breaks = ['cut', 'cut']
  const { code, out } = await report('--format', 'csv', '--output', 'cut.csv')
  expect({ code, out, left: breaks.length }).toEqual({ code: 0, out: 'cut.csv\n', left: 0 })
})

test.each(['cut', 'bit'] as const)(
  'a file that never comes whole (%s) leaves nothing, and what was there stays',
  async (how) => {
    writeFileSync(join(folder, 'old.csv'), 'as it was')
    breaks = [how, how, how]
    const { code, out, err } = await report('--format', 'csv', '--output', 'old.csv')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(
      how === 'bit'
        ? /is not what was made: its SHA-256 is [0-9a-f]{64}\n$/
        : /^lijian: old.csv did not come whole, 3 times: .*\n$/m,
    )
    expect(readdirSync(folder)).toEqual(['old.csv'])
    expect(readFileSync(join(folder, 'old.csv'), 'utf8')).toBe('as it was')
  },
)

test.each`
  _case                    | args                                                                               | says
  ${'no kind'}             | ${['--from', '2026-11-01', '--url', '@']}                                          | ${'kind'}
  ${'a kind that is none'} | ${['nothing', '--from', '2026-11-01', '--url', '@']}                               | ${'Allowed choices are merchant'}
  ${'no date'}             | ${['merchant', '--url', '@']}                                                      | ${'expected --from'}
  ${'no such date'}        | ${['merchant', '--from', '2026-02-30', '--url', '@']}                              | ${'from: expected a date'}
  ${'backwards'}           | ${['merchant', '--from', '2026-11-02', '--to', '2026-11-01', '--url', '@']}        | ${'not before "from"'}
  ${'a format of nobody'}  | ${['merchant', '--from', '2026-11-01', '--format', 'docx', '--url', '@']}          | ${'Allowed choices are csv, xlsx, pdf'}
  ${'no such section'}     | ${['merchant', '--from', '2026-11-01', '--section', 'x', '--url', '@']}            | ${'section: expected one of days'}
  ${'not printed either'}  | ${['merchant', '--from', '2026-11-01', '--print', '--section', 'x', '--url', '@']} | ${'section: expected one of days'}
  ${'what it lacks'}       | ${['merchant', '--from', '2026-11-01', '--source', 'x', '--url', '@']}             | ${'does not take it'}
  ${'rows of none'}        | ${['merchant', '--from', '2026-11-01', '--rows', '0', '--url', '@']}               | ${'--rows'}
  ${'nobody answers'}      | ${['merchant', '--from', '2026-11-01', '--url', 'http://127.0.0.1:1']}             | ${'does not answer'}
  ${'no address'}          | ${['list', '--url', 'nonsense']}                                                   | ${'expected an address'}
  ${'a key of nobody'}     | ${['list', '--key', 'nothing', '--url', '@']}                                      | ${'API key'}
  ${'a folder for a file'} | ${['merchant', '--from', '2026-11-01', '--output', '.', '--url', '@']}             | ${'is a folder'}
  ${'a folder not there'}  | ${['merchant', '--from', '2026-11-01', '--output', 'no/x.csv', '--url', '@']}      | ${'cannot be written'}
`('$_case: one line and exit code 2', async ({ args, says }: { args: string[]; says: string }) => {
  const { code, out, err } = await lijian(...args.map((arg) => (arg === '@' ? base : arg)))
  expect({ code, out }).toEqual({ code: 2, out: '' })
  expect(err).toContain(says)
  expect(err.trim().split('\n').at(-1)).toMatch(/^lijian: /)
  expect(readdirSync(folder)).toEqual([])
})

test('a key that may not is refused', async () => {
  const { code, err } = await report('--key', keys['transactionSystem']!)
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/^lijian: [^\n]*scope[^\n]*\n$/) })
})

test('help', async () => {
  const { code, out } = await lijian('--help')
  expect({ code, has: out.includes('--output <file>') }).toEqual({ code: 0, has: true })
})
