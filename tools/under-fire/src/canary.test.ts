import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { everyPlace, isCode, type Placed } from '@lijian/api/testing/every-place'
import { DEFAULT_PORTS } from '@lijian/config'
import { freePort, until } from '@lijian/testing'
import { Client } from 'pg'

/**
 * Card numbers, phones and names go into each place of the whole stack as `./lijian up` starts it. Then everything that it has kept is searched:
 * tables, a dump of them, PostgreSQL's own files, Temporal's file, logs, clearing and report files, metrics, answers.
 */
const PAN = '6222021234567890128'
const SECRETS = {
  pan: PAN,
  grouped: '6222-0212-3456-7890-128',
  second: '6227001234567890014',
  phone: '13800138000',
  person: '张三丰',
  // Of a partner: sealed.
  account: '44201500000000009876',
  contact: '13912345678',
}
/** What may be known: that it is found says that the search looks at the right thing. */
const KNOWN = 'CANARY-KNOWN-1'

const folder = mkdtempSync(join(tmpdir(), 'lijian-canary-'))
const dataDir = join(folder, 'data')
const cli = join(dirname(require.resolve('@lijian/stack/package.json')), 'dist', 'cli.js')
let env: NodeJS.ProcessEnv
/** Each answer that held one of them, and each 5xx. */
const repeated: string[] = []
let sent = 0

async function lijian(...words: string[]): Promise<void> {
  const child = spawn(process.execPath, [cli, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)))
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`lijian ${words.join(' ')}: ${said.slice(-2_000)}`)
}

beforeAll(async () => {
  const ports = await Promise.all(Object.keys(DEFAULT_PORTS).map(async (name) => [name, String(await freePort())]))
  const kept = Object.entries(process.env).filter(([name]) => !/^(LIJIAN_|JEST_|NODE_ENV$|FORCE_COLOR$)/.test(name))
  env = {
    ...Object.fromEntries(kept),
    ...{ LIJIAN_CACHE_DIR: process.env['LIJIAN_CACHE_DIR'], LIJIAN_DATA_DIR: dataDir, LIJIAN_LOG_LEVEL: 'debug' },
    ...{ LIJIAN_QUERY_DEADLINE_MS: '10000', LIJIAN_EARLY_CLOSE: 'on' },
    ...Object.fromEntries(ports as [string, string][]),
  }
  await lijian('up', '--detach')
}, 170_000)
afterAll(async () => {
  await lijian('down')
  rmSync(folder, { recursive: true, force: true })
})

const KEY: Partial<Record<Placed['who'], string>> = { maker: 'maker', checker: 'checker', finance: 'finance', system: 'transactionSystem' } // prettier-ignore
const keys = () => JSON.parse(readFileSync(join(dataDir, 'keys.json'), 'utf8')) as Record<string, string>

async function ask(who: Placed['who'], method: string, path: string, body?: unknown) {
  sent++
  const answer = await fetch(`http://127.0.0.1:${env['LIJIAN_API_PORT']}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${keys()[KEY[who]!]}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  // Whoever maintains a partner sees the partner's contacts; whoever approves an account sees its number once.
  const meant = path === '/v1/partners/BANK' ? ['person', 'contact'] : path.endsWith('/reveal') ? ['account'] : []
  const held = holding(text).filter((what) => !meant.includes(what))
  if (held.length > 0 || answer.status >= 500) repeated.push(`${method} ${path}: ${answer.status} ${held.join()}`)
  const isJson = (answer.headers.get('content-type') ?? '').includes('json')
  return { status: answer.status, body: (isJson ? JSON.parse(text) : {}) as Record<string, unknown> }
}

const holding = (text: string): string[] =>
  Object.entries(SECRETS).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []))

const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format()

/** A day with all that is meant to bring a card number or a person: payments to each end, a refund, a partner, a report, a clearing. */
async function live(): Promise<void> {
  const good = async (asked: Promise<{ status: number; body: object }>) => {
    const answer = await asked
    expect([answer.status, JSON.stringify(answer.body).slice(0, 300)]).toEqual([200, expect.anything()])
    return answer.body as Record<string, unknown>
  }
  await good(ask('maker', 'PUT', '/v1/merchants/M-1', { id: 'M-1', name: 'Noodles', fees: { default: { ppm: 6000 } } }))
  const rule = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } }
  const { hash: seen } = await good(
    ask('maker', 'PUT', '/v1/campaigns/C-1', {
      ...{ code: 'C-1', name: '满100减15', timeZone: 'Asia/Shanghai', from: '2026-01-01', currency: 'CNY' },
      ...{ paymentMode: 'postpay', funders: [{ partner: 'BANK', sharePpm: 1_000_000 }] },
      offers: [{ code: 'O-1', name: '满100减15', kind: 'amount', merchants: ['M-1'], rule }],
    }),
  )
  await good(ask('checker', 'POST', '/v1/campaigns/C-1/approve', { hash: seen }))
  const account = { bank: 'CCB', holder: 'Lijian', number: SECRETS.account }
  const contacts = [{ name: SECRETS.person, role: 'manager', phone: SECRETS.contact }]
  const partner = { name: 'Bank', contacts, depositAccount: account }
  const { id, hash } = (await ask('maker', 'PUT', '/v1/partners/BANK', partner)).body
  await good(ask('checker', 'POST', `/v1/proposals/${id as number}/reveal`, { depositAccount: { holder: 'Lijian' } }))
  await good(ask('checker', 'POST', `/v1/proposals/${id as number}/approve`, { hash }))
  await until(async () => {
    const { body } = await ask('system', 'POST', '/v1/transactions', { ...payment(`W-${Date.now().toString(36)}`) })
    return body['state'] === 'held'
  })
  for (const [i, pan] of [PAN, SECRETS.second, SECRETS.grouped.replaceAll('-', '')].entries()) {
    const serial = i === 0 ? KNOWN : `CANARY-${i}`
    const identities = { phone: SECRETS.phone, name: SECRETS.person, device: pan }
    const asked = { ...payment(serial), card: { pan }, customer: SECRETS.person, identities }
    const { status } = await ask('system', 'POST', '/v1/transactions', asked)
    if (status !== 200) await good(ask('system', 'POST', '/v1/transactions', { ...payment(serial), card: { pan } }))
    const result = { outcome: 'success', paid: 8_500, card: { pan } }
    await good(ask('system', 'POST', `/v1/transactions/${serial}/result`, result))
  }
  await good(ask('system', 'POST', `/v1/transactions/${KNOWN}/refunds`, { serial: `${KNOWN}-R`, amount: 5_000 }))
}

const payment = (serial: string) => ({ serial, merchant: 'M-1', amount: 10_000, paymentMethod: 'qr' })

async function filesOfMoney(): Promise<void> {
  // What canaries have opened is done first: one date is early at a time.
  const { status, body: waits } = await ask('finance', 'POST', '/v1/clearing-runs', { date: today, early: true })
  if (status === 202)
    await ask('checker', 'POST', `/v1/proposals/${waits['id'] as number}/approve`, { hash: waits['hash'] })
  await until(async () => {
    const { body } = await ask('finance', 'GET', `/v1/clearing-runs/${today}`)
    return ['published', 'acknowledged', 'settled'].includes(String(body['state']))
  })
  for (const format of ['csv', 'xlsx']) {
    const asked = { kind: 'merchant', parameters: { from: today, to: today }, format, language: 'zh' }
    const { body } = await ask('finance', 'POST', '/v1/report-runs', asked)
    expect(body).toMatchObject({ id: expect.anything() })
    await until(async () => {
      const { body: run } = await ask('finance', 'GET', `/v1/report-runs/${String(body['id'])}`)
      return run['state'] === 'done'
    })
  }
}

/** Every file below, whatever it is, searched as bytes; a number that is cut by a border of two pieces is found too. */
async function filesWith(): Promise<{ wrong: string[]; known: string[]; modes: string[] }> {
  const found = { wrong: [] as string[], known: [] as string[], modes: [] as string[] }
  for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = relative(dataDir, path)
    const mode = await lstat(path).then(
      ({ mode }) => mode & 0o777,
      () => undefined,
    )
    if (mode === undefined) continue
    // A file 0640 and a folder 0750 at most; a socket is a door, and there is none.
    if (entry.isSocket() || (mode & (entry.isDirectory() ? 0o027 : 0o137)) !== 0) found.modes.push(`${name} ${mode.toString(8)}`) // prettier-ignore
    if (!entry.isFile()) continue
    let rest = ''
    const inIt = new Set<string>()
    try {
      for await (const chunk of createReadStream(path)) {
        const text = rest + (chunk as Buffer).toString('latin1')
        for (const [what, bytes] of NEEDLES) if (text.includes(bytes)) inIt.add(what)
        rest = text.slice(-64)
      }
    } catch {
      // PostgreSQL has removed it meanwhile.
    }
    if (inIt.delete('known')) found.known.push(name)
    if (inIt.size > 0) found.wrong.push(`${name}: ${[...inIt].join(', ')}`)
  }
  return found
}
const NEEDLES = [...Object.entries(SECRETS), ['known', KNOWN] as const].map(
  ([what, text]) => [what, Buffer.from(text).toString('latin1')] as const,
)

async function rowsWith(url: string): Promise<string[]> {
  const db = new Client({ connectionString: url })
  await db.connect()
  const { rows: tables } = await db.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  )
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`)
    for (const { row } of rows) for (const what of holding(row)) found.push(`${name}: ${what}`)
  }
  await db.end()
  return found
}

/** What an operator takes home; undefined where no pg_dump of this release is there. */
const dump = (url: string): Promise<string | undefined> =>
  promisify(execFile)('pg_dump', [url], { maxBuffer: 2 ** 30 }).then(
    ({ stdout }) => stdout,
    (error: Error) => (/ENOENT|version mismatch/.test(error.message) ? undefined : Promise.reject(error)),
  )

test('card numbers, phones, names and accounts are in no table, dump, file, log, metric or answer of the whole stack', async () => {
  await live()
  const places = [SECRETS.pan, SECRETS.grouped, `x${SECRETS.second}`].flatMap((text) =>
    everyPlace(text).filter(({ place, who }) => !isCode(place) && KEY[who] !== undefined),
  )
  expect(places.length).toBeGreaterThan(55)
  for (let i = 0; i < places.length; i += 8)
    await Promise.all(places.slice(i, i + 8).map(({ who, method, path, body }) => ask(who, method, path, body)))
  await filesOfMoney()

  const run = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as { env: Record<string, string> }
  const url = run.env['DATABASE_URL']!
  const dumped = await dump(url)
  const metrics = await Promise.all(
    ['LIJIAN_INTERNAL_PORT', 'LIJIAN_METRICS_PORT', 'LIJIAN_REPORT_PORT'].map(async (port) => {
      const text = await (await fetch(`http://127.0.0.1:${env[port]}/metrics`)).text()
      expect(text).toContain('lijian_')
      return text
    }),
  )
  const files = await filesWith()
  expect({
    repeated: repeated.slice(0, 5),
    rows: [...new Set(await rowsWith(url))],
    dump: holding(dumped ?? ''),
    files: files.wrong,
    metrics: metrics.flatMap(holding),
  }).toEqual({ repeated: [], rows: [], dump: [], files: [], metrics: [] })
  expect(files.modes).toEqual([])

  // The search looks where things are.
  if (dumped !== undefined) expect(dumped).toContain(KNOWN)
  const holders = files.known.map((name) => name.split('/')[0])
  expect([...new Set(holders)].sort()).toEqual(expect.arrayContaining(['clearing', 'postgres', 'temporal']))
  expect(sent).toBeGreaterThan(600)
}, 300_000)
