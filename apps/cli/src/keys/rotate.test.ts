import { spawn } from 'node:child_process'
import { hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { SealedTexts } from '@lijian/identity'
import { KeyList, type NamedKey, Sealer } from '@lijian/privacy'
import { testDatabase, type TestDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { ROTATE_HELP } from './rotate'

const cli = join(__dirname, '..', '..', 'dist', 'keys', 'cli.js')
const hex = (name: string) => hash('sha256', name)
const named = (id: string, from: string): NamedKey => ({ id, key: Buffer.from(hex(id), 'hex'), from })
const LOST = named('lost', '2020-01-01')
/** As it stood before there was a list, and as an operator writes it now. */
const BEFORE = hex('account of before')
const LIST = `${BEFORE},mid:${hex('mid')}@2021-01-01,new:${hex('new')}@2022-01-01,next:${hex('next')}@2999-01-01`

/** Rows as the release before has written them: sealed without the id of a key, and a secret in clear. */
const OF_THE_RELEASE_BEFORE = {
  contacts: 'AQEBAQEBAQEBAQEBAQDsGEZ8YAdV7j0ymGSDg4g0/an3vupRfoBtBAw4bubbq8XnfPN8qBEmEhvv++uLSrzKjwukYgW94A==',
  deposit:
    'AQICAgICAgICAgICAjUbFVvhYHAmjISQF8BU6J9TaDTUaQOCF9rNrVikgYIpoeADKWSL4UU4H8GiZnanrMt5s2fwfjvBTFttPR+Q+20t+i2hTI3ztxQ=',
  payout:
    'AQMDAwMDAwMDAwMDA1e8ym8wRrrltQsDsO61W30c3i5VHYMdztgFtS+m+qcmxGqED0B2GetOFbqSjI3m60eWRWt+XJZWvOwQMMRiiKtolJqPp8T5qFM=',
  webhookSecret: 'the-secret-of-before',
}
const PLAIN = {
  'partner/OLD/contacts': '[{"name":"张三","phone":"13800000000"}]',
  'partner/OLD/deposit': '{"holder":"建设银行","number":"44201500000000005678"}',
  'partner/OLD/payout': '{"holder":"建设银行","number":"44201500000000001234"}',
}

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url })
  pool.on('error', () => undefined)
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})
beforeEach(async () => {
  await pool.query('TRUNCATE partner, client CASCADE')
  const { contacts, deposit, payout, webhookSecret } = OF_THE_RELEASE_BEFORE
  const account = (sealed: string, last4: string) => JSON.stringify({ bank: 'CCB', last4, sealed })
  await pool.query(
    `INSERT INTO partner (code, name, contacts, deposit_account, payout_account) VALUES ('OLD', 'Old', decode($1, 'base64'), $2, $3)`,
    [contacts, account(deposit, '5678'), account(payout, '1234')],
  )
  await pool.query(`INSERT INTO client (code, name, webhook_url, webhook_secret) VALUES ('till', 'till', 'https://t.example', $1)`, [webhookSecret]) // prettier-ignore
})

function start(words: readonly string[], env: Record<string, string | undefined> = {}) {
  const child = spawn(process.execPath, [cli, 'rotate', ...words], {
    env: { PATH: process.env['PATH'], DATABASE_URL: database.url, LIJIAN_ACCOUNT_KEY: LIST, ...env },
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, err }))
  return { child, ended }
}
const rotate = (words: readonly string[] = [], env: Record<string, string | undefined> = {}) => start(words, env).ended

const sealerOf = (...keys: NamedKey[]) => new Sealer(new KeyList(keys, Date.now), () => randomBytes(12))
const NEW = sealerOf(named('new', '2022-01-01'))
async function opened(code = 'OLD'): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ contacts: Buffer; deposit: string; payout: string }>(
    `SELECT contacts, deposit_account ->> 'sealed' AS deposit, payout_account ->> 'sealed' AS payout FROM partner WHERE code = $1`,
    [code],
  )
  const { contacts, deposit, payout } = rows[0]!
  const texts = { contacts, deposit: Buffer.from(deposit, 'base64'), payout: Buffer.from(payout, 'base64') }
  return Object.fromEntries(
    Object.entries(texts).map(([which, sealed]) => [
      `partner/${code}/${which}`,
      NEW.open(sealed, `partner/${code}/${which}`),
    ]),
  )
}
async function many(count: number, sealer: Sealer): Promise<void> {
  for (let n = 0; n < count; n++)
    await pool.query('INSERT INTO partner (code, name, contacts) VALUES ($1, $1, $2)', [
      `P${n}`,
      sealer.seal(`contact ${n}`, `partner/P${n}/contacts`),
    ])
}
const report = () => new SealedTexts(pool, NEW).run({ write: false })

test('a dry run changes nothing; a run seals what the release before has stored, in clear or without an id, and says which keys may go', async () => {
  const dry = await rotate(['--dry-run'])
  expect(dry).toMatchObject({ code: 0, err: '' })
  expect(dry.out).toContain('secrets of webhooks in clear: 1 in clear')
  expect(dry.out).toMatch(/k[0-9a-f]{12}: stays in LIJIAN_ACCOUNT_KEY, 3 texts may be under it/)
  await expect(opened()).rejects.toThrow()
  const { code, out, err } = await rotate()
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('sealed again under new: 4 of 4 texts')
  expect(out).toContain(
    'mid: no text is under it. It may be taken out of LIJIAN_ACCOUNT_KEY once every process has new',
  )
  expect(out).toContain('next: begins on 2999-01-01')
  expect(await opened()).toEqual(PLAIN)
  const { rows } = await pool.query<{ clear: string | null; sealed: Buffer }>(
    'SELECT webhook_secret AS clear, webhook_sealed AS sealed FROM client',
  )
  expect([rows[0]!.clear, NEW.open(rows[0]!.sealed, 'client/till/webhook')]).toEqual([null, 'the-secret-of-before'])
  // Nothing of what was sealed is said.
  for (const secret of ['张三', '5678', '13800000000', 'the-secret', ...LIST.match(/[0-9a-f]{64}/g)!])
    expect(dry.out + out).not.toContain(secret)
  expect((await rotate()).out).toContain('sealed again under new: 0 of 4 texts')
})

test('killed at any moment it goes on where it was, and several at once do no harm', async () => {
  await many(600, sealerOf(named('mid', '2021-01-01')))
  for (let kills = 0; kills < 2; kills++) {
    const { child, ended } = start([])
    const sealed = async () => (await report()).counts.find(({ key }) => key === 'new')?.texts ?? 0
    const before = await sealed()
    while (child.exitCode === null && (await sealed()) < before + 20);
    child.kill('SIGKILL')
    await ended
  }
  const ends = await Promise.all([rotate(), rotate(), rotate()])
  // 1: another run has written the row that this one had read.
  for (const { code } of ends) expect([0, 1]).toContain(code)
  expect(await rotate()).toMatchObject({ code: 0 })
  const { counts, unreadable } = await report()
  expect(unreadable).toEqual([])
  expect(counts.every(({ key }) => key === 'new')).toBe(true)
  expect(counts.find(({ place }) => place === 'contacts of partners')?.texts).toBe(601)
  const { rows } = await pool.query<{ contacts: Buffer }>(`SELECT contacts FROM partner WHERE code = 'P77'`)
  expect(NEW.open(rows[0]!.contacts, 'partner/P77/contacts')).toBe('contact 77')
})

test('a text that a person changes meanwhile keeps what the person wrote', async () => {
  const person = sealerOf(named('mid', '2021-01-01'))
  let changed = false
  const both = sealerOf(named('mid', '2021-01-01'), named('new', '2022-01-01'), { id: 'old', key: Buffer.from(BEFORE, 'hex'), from: '1970-01-01' }) // prettier-ignore
  const asPerson = {
    query: async (text: string, values?: unknown[]) => {
      if (text.startsWith('UPDATE partner SET contacts') && !changed) {
        changed = true
        await pool.query('UPDATE partner SET contacts = $1', [person.seal('[]', 'partner/OLD/contacts')])
      }
      return pool.query(text, values)
    },
  } as unknown as Pool
  expect(await new SealedTexts(asPerson, both).run({ write: true })).toMatchObject({ changed: 1, sealed: 3 })
  expect(await rotate()).toMatchObject({ code: 0 })
  expect(await opened()).toMatchObject({
    'partner/OLD/contacts': '[]',
    'partner/OLD/payout': PLAIN['partner/OLD/payout'],
  })
})

test('what no key opens, and what is no sealed text, is named by its place, and the rest is done', async () => {
  await many(2, sealerOf(LOST))
  await pool.query(
    `INSERT INTO partner (code, name, contacts) VALUES ('X', 'X', '\\x'), ('Y', 'Y', '\\x02ff00'), ('Z', 'Z', '\\x07')`,
  )
  const { code, out } = await rotate()
  expect(code).toBe(1)
  expect(out).toContain('contacts of partners: 2 under lost, and no key of LIJIAN_ACCOUNT_KEY opens them')
  expect(out).toContain('cannot be read: contacts of partners, P0: sealed with key "lost"')
  for (const row of ['X', 'Y', 'Z']) expect(out).toContain(`contacts of partners, ${row}: no sealed text, or changed`)
  expect(await opened()).toEqual(PLAIN)
  const found = JSON.parse((await rotate(['--json', '--dry-run'])).out) as { unreadable: unknown[]; current: string }
  expect([found.current, found.unreadable.length]).toEqual(['new', 5])
})

test('token keys: it says until when limits of running periods count under the old one, and which groups know it', async () => {
  await pool.query(
    `INSERT INTO campaign (code, live_version, latest_version) VALUES ('C', 1, 1), ('T', 1, 1) ON CONFLICT DO NOTHING`,
  )
  const document = (period: string) =>
    JSON.stringify({ offers: [{ rule: { limits: [{ per: ['card'], period, count: 1 }] } }] })
  for (const [code, period] of [['C', 'year'], ['T', 'total']]) // prettier-ignore
    await pool.query(`INSERT INTO campaign_version (code, version, document, state, maker, checker) VALUES ($1, 1, $2, 'approved', 'm', 'c') ON CONFLICT DO NOTHING`, [code, document(period!)]) // prettier-ignore
  await pool.query(`INSERT INTO card_group (code, bins, member_count, updated_by, updated_at) VALUES ('VIP', '{}', 3, 'm', '2025-05-01') ON CONFLICT DO NOTHING`) // prettier-ignore
  const { out } = await rotate([], { LIJIAN_TOKEN_KEY: `2025:${hex('t1')},2026:${hex('t2')}@2026-03-05` })
  expect(out).toContain('token keys: 2026 (current since 2026-03-05), before it 2025')
  expect(out).toContain('end by 2027-01-01')
  expect(out).toContain('Campaign T has a limit per person over total: it begins anew when 2025 is taken out')
  expect(out).toContain('card group VIP')
  expect((await rotate([], { LIJIAN_TOKEN_KEY: hex('t1') })).out).not.toContain('token keys')
})

test.each([
  ['an unknown word', ['--fast'], {}, 2, /^keys rotate: unknown word "--fast"/],
  ['no database', [], { DATABASE_URL: undefined }, 2, /^keys rotate: DATABASE_URL is not set/],
  ['no keys', [], { LIJIAN_ACCOUNT_KEY: undefined }, 2, /^keys rotate: LIJIAN_ACCOUNT_KEY is not set/],
  ['a weak key', [], { LIJIAN_ACCOUNT_KEY: '11'.repeat(32) }, 2, /LIJIAN_ACCOUNT_KEY: key k\w+ repeats one byte/],
  ['one key for two', [], { LIJIAN_TOKEN_KEY: BEFORE }, 2, /each purpose has a key of its own/],
  ['PostgreSQL away', [], { DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/x' }, 1, /^keys rotate: PostgreSQL is away/],
] as const)('%s is one line and its exit code', async (_case, words, env, code, line) => {
  const said = await rotate(words, env)
  expect(said).toEqual({ code, out: '', err: expect.stringMatching(line) })
  expect(said.err.trim().split('\n')).toHaveLength(1)
})

test('the help says what it does', async () => {
  expect(await rotate(['--help'])).toEqual({ code: 0, out: `${ROTATE_HELP}\n`, err: '' })
})

test('the login of api and worker reads what there is, and writes no account', async () => {
  expect(await rotate(['--dry-run'], { DATABASE_URL: database.appUrl })).toMatchObject({ code: 0, err: '' })
  expect(await rotate([], { DATABASE_URL: database.appUrl })).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^keys rotate: [^\n]*give the owner, who migrates\n$/),
  })
})
