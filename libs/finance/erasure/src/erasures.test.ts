import { createHash, randomBytes } from 'node:crypto'
import { Proposals } from '@lijian/approvals'
import { ERASURE_PLACES } from '@lijian/contracts/people'
import { cardToken, customerToken } from '@lijian/privacy'
import { testDatabase } from '@lijian/testing'
import { gunzipSync, gzipSync } from 'node:zlib'
import { Client, Pool, type ClientConfig } from 'pg'
import { Erasures } from './erasures'
import { erasureKind } from './kind'

const PAN = '6222020000000000026'
const [OLD, NEW] = [randomBytes(32), randomBytes(32)]
const CARDS = [OLD, NEW].map((key) => cardToken(key, PAN))
const CUSTOMER = customerToken(NEW, 'C-7')
const OTHER = cardToken(NEW, '6227001234567890014')

/** What PostgreSQL's log would show of a statement that fails. */
const statements: string[] = []
class Heard extends Client {
  constructor(config?: ClientConfig) {
    super(config)
    const query = this.query.bind(this) as (...said: unknown[]) => unknown
    this.query = ((...said: unknown[]) => {
      statements.push(typeof said[0] === 'string' ? said[0] : '')
      return query(...said)
    }) as typeof this.query
  }
}

let pool: Pool
let drop: () => Promise<void>
let erasures: Erasures
let proposals: Proposals
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url, max: 2, Client: Heard })
  pool.on('error', () => undefined)
  proposals = new Proposals(pool, { erasure: erasureKind })
  erasures = new Erasures(pool, proposals, { tokenKeys: [OLD, NEW], timeZone: 'Asia/Shanghai' })
})
afterAll(async () => {
  await pool.end()
  await drop()
})

const fingerprint = (token: string) => createHash('sha256').update(token).digest().subarray(0, 16)
const page = (...tokens: string[]) => Buffer.concat(tokens.map(fingerprint).sort(Buffer.compare))
const needles = [...CARDS, CUSTOMER].flatMap((token) => [token, fingerprint(token).toString('hex')])

async function holding(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const all = await pool.query<{ row: string; lines?: Buffer }>(
      `SELECT to_jsonb(t)::text AS row ${name === 'backtest_lines' ? ', lines' : ''} FROM ${name} t`,
    )
    for (const one of all.rows) if (one.lines !== undefined) one.row = gunzipSync(one.lines).toString('utf8')
    if (all.rows.some(({ row }) => [PAN, ...needles].some((needle) => row.includes(needle)))) found.push(name)
  }
  return found.sort()
}

async function plant(): Promise<void> {
  const [old, card] = CARDS as [string, string]
  const key = (token: string) => `C/O#l|${token}|2026-12`
  for (const token of [old, card, CUSTOMER, OTHER])
    await pool.query(`INSERT INTO counter (key, limit_version, used_count) VALUES ($1, 1, 1)`, [key(token)])
  const charges = [old, card, CUSTOMER].map((token) => ({ key: key(token), fen: 0, count: 1 }))
  const facts = { cardToken: card, last4: '0026', customerToken: CUSTOMER, earlier: { [card]: [old] } }
  await pool.query(
    `INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen, charges_are, charges, record)
     VALUES ('till', 'E-a', 1, 'm', 'confirmed', 'M', 'phash', 1, 1, 'used', $1, $2)`,
    [JSON.stringify(charges), JSON.stringify({ facts, refunds: [{ state: 'done' }] })],
  )
  const attempts = [{ state: 'succeeded', usage: { cardToken: card, earlier: [old] } }]
  await pool.query(
    `INSERT INTO route (client, serial, version, state, merchant, body_hash, amount_fen, attempts, record)
     VALUES ('till', 'R-b', 1, 'succeeded', 'M', 'phash', 1, $1, $2)`,
    [JSON.stringify(attempts), JSON.stringify({ facts })],
  )
  await pool.query(`INSERT INTO card_usage (kind, holder, period, card_token, count) VALUES ('merchant', 'M', '2026-12', $1, 3)`, [card]) // prettier-ignore
  await pool.query(`INSERT INTO card_over (merchant, method, period, card_token) VALUES ('M', 'qr', '2026-12', $1)`, [card]) // prettier-ignore
  await pool.query(`INSERT INTO card_group (code, bins, members_version, member_count, updated_by) VALUES ('VIP', '{}', 3, 4, 'm')`) // prettier-ignore
  // A page of one, and others behind it: what is left goes on without a gap.
  for (const [n, members] of [page(OTHER), page(card), page(old, OTHER)].entries())
    await pool.query(`INSERT INTO group_page (kind, code, version, page, members) VALUES ('card_group', 'VIP', 3, $1, $2)`, [n, members]) // prettier-ignore
  // What waits for another person forgets, too.
  await pool.query(`INSERT INTO group_page (kind, code, version, page, members) VALUES ('card_group', 'VIP', -1, 0, $1)`, [page(card, OTHER)]) // prettier-ignore
  await pool.query(
    `INSERT INTO member_group_draft (kind, code, base, has_members, member_count, added, removed, digest, made_by)
     VALUES ('card_group', 'VIP', 3, true, 2, 0, 2, 'd', 'm')`,
  )
  await pool.query(
    `CREATE TABLE decision_log_of_test PARTITION OF decision_log FOR VALUES FROM ('2026-12-01') TO ('2026-12-02')`,
  )
  await pool.query(
    `INSERT INTO decision_log (client, serial, answered_at, id, merchant, decision) VALUES ('till', 'N-c', '2026-12-01T12:00Z', gen_random_uuid(), 'M', $1)`,
    [JSON.stringify({ facts })],
  )
  await pool.query(
    `INSERT INTO backtest_run (serial, requested_by, request_hash, campaigns, state) VALUES ('B', 'anna', 'h', '[]', 'queued')`,
  )
  const lines = [card, OTHER].map((token, n) => ({
    serial: `B${n}`,
    card: { token, last4: '0026' },
    customer: CUSTOMER,
  }))
  for (const [part, some] of [[lines[1]!], lines].entries())
    await pool.query('INSERT INTO backtest_lines (run, part, lines) SELECT id, $1, $2 FROM backtest_run', [
      part,
      gzipSync(JSON.stringify(some)),
    ])
}

test('a person is found under every token key in every table, and nowhere afterwards; sums, serials and others stay', async () => {
  await plant()
  expect(await holding()).toEqual(
    [
      'backtest_lines',
      'card_over',
      'card_usage',
      'counter',
      'decision_log',
      'decision_log_of_test',
      'group_page',
    ].concat(['marketing_transaction', 'route']),
  )
  const heldBack = [{ place: 'bills' as const, until: '2999-12-31', basis: 'law' }]
  const asked = await erasures.request({ person: { pan: PAN, customer: 'C-7' }, legalBasis: 'PIPL', heldBack }, 'anna')
  const { erasure } = asked.body as { erasure: number }
  expect(JSON.stringify(await erasures.read(erasure))).not.toContain('cd_')
  // What somebody has who knows the key, the card, and all else of the row.
  const guessed = await pool.query<{ hash: Buffer }>(
    `SELECT sha256(convert_to(image::text, 'UTF8')) AS hash FROM erasure e, audit_image(to_json(e)) row_of,
       LATERAL (VALUES (row_of - 'salt'), (row_of || '{"salt":null}')) guess (image) WHERE id = $1`,
    [erasure],
  )
  const guesses = guessed.rows.map(({ hash }) => hash)
  await proposals.approve(asked.id, asked.hash, 'bo')

  const told: string[] = []
  const forget = async (payments: readonly (readonly [string, string])[]) => {
    told.push(...payments.map(([, serial]) => serial))
    return { found: payments.length, open: 0, going: told.length > 3 ? 0 : 1, keptDays: 3 }
  }
  const go = async () => {
    const found: string[] = []
    for (const place of ERASURE_PLACES) found.push((await erasures.erasePlace(erasure, place, forget)).state)
    return found
  }
  expect(await go()).toEqual(['done', 'done', 'done', 'waits', 'waits'])
  expect(told.sort()).toEqual(['E-a', 'N-c', 'R-b'])
  // Again, until Temporal has removed what it was told to. What is done stays done, and the certificate waits for what the law keeps.
  expect(await go()).toEqual(['done', 'done', 'done', 'waits', 'done'])
  expect(told).toHaveLength(6)
  expect(await go()).toEqual(['done', 'done', 'done', 'waits', 'done'])
  expect(told).toHaveLength(6)
  await expect(erasures.certify(erasure)).rejects.toThrow('is not done: bills')
  await pool.query(`UPDATE erasure SET held_back = '[]' WHERE id = $1`, [erasure])
  expect(await go()).toEqual(['done', 'done', 'done', 'done', 'done'])
  const sha256 = await erasures.certify(erasure)
  expect(await erasures.certify(erasure)).toBe(sha256)

  expect(await holding()).toEqual([])
  expect(statements.filter((text) => [PAN, ...needles].some((needle) => text.includes(needle)))).toEqual([])
  const packed = await pool.query<{ lines: Buffer }>('SELECT lines FROM backtest_lines ORDER BY part')
  const tried = packed.rows.map(({ lines }) => JSON.parse(gunzipSync(lines).toString()) as { card: object; customer: string }[]) // prettier-ignore
  expect(tried.map((some) => some.map(({ card }) => card))).toEqual([
    [{ token: OTHER }],
    [{ token: expect.stringMatching(/^cd_.{43}$/) }, { token: OTHER }],
  ])
  // The same customer twice is one stranger.
  expect(new Set(tried.flat().map(({ customer }) => customer)).size).toBe(1)
  const { rows } = await pool.query<{ key: string; n: number }>(
    `SELECT c.key, (SELECT count(*)::int FROM marketing_transaction t, jsonb_array_elements(t.charges) x WHERE x ->> 'key' = c.key) AS n FROM counter c`,
  )
  expect(rows.map(({ n }) => n).sort()).toEqual([0, 1, 1, 1])
  expect(rows.find(({ n }) => n === 0)!.key).toContain(OTHER)
  const pages = await pool.query<{ page: number; members: Buffer; version: number }>(
    'SELECT page, members, version FROM group_page ORDER BY version, page',
  )
  const rest = { members: page(OTHER) }
  expect(pages.rows).toEqual([
    { page: 0, version: -1, ...rest },
    { page: 0, version: 4, ...rest },
    { page: 1, version: 4, ...rest },
  ])
  const done = await erasures.read(erasure)
  expect(done).toMatchObject({ state: 'done', certificate: { sha256 } })
  expect(done.certificate!.text).toContain('until Temporal removes them 3 day(s) after they ended')
  // The audit saw each row, and its hashes tell nobody whose tokens these were.
  const salts = await pool.query('SELECT salt FROM erasure WHERE id = $1', [erasure])
  expect(salts.rows).toEqual([{ salt: null }])
  expect((await pool.query('SELECT FROM audit_event WHERE after_hash = ANY ($1)', [guesses])).rowCount).toBe(0)
})

test('a payment that is not over is waited for, and nothing is changed; rejected, the tokens go at once', async () => {
  await pool.query(
    `INSERT INTO route (client, serial, version, state, merchant, body_hash, amount_fen, attempts, record)
     VALUES ('till', 'R-open', 1, 'reserved', 'M', 'phash', 1, '[]', $1)`,
    [JSON.stringify({ facts: { cardToken: CARDS[1] } })],
  )
  const person = { pan: PAN }
  const asked = await erasures.request({ person, legalBasis: 'PIPL', heldBack: [] }, 'anna')
  const { erasure } = asked.body as { erasure: number }
  const none = async () => ({ found: 0, open: 0, going: 0, keptDays: 3 })
  await proposals.approve(asked.id, asked.hash, 'bo')
  expect(await erasures.erasePlace(erasure, 'books', none)).toEqual({
    place: 'books',
    state: 'waits',
    rows: 0,
    open: 1,
  })
  expect((await erasures.erasePlace(erasure, 'flows', none)).state).toBe('waits')

  const other = await erasures.request({ person, legalBasis: 'PIPL', heldBack: [] }, 'anna')
  await proposals.reject(other.id, other.hash, 'bo', 'wrong person')
  const { rows } = await pool.query('SELECT state, tokens FROM erasure WHERE id = $1', [other.body['erasure']])
  expect(rows).toEqual([{ state: 'dropped', tokens: null }])
})
