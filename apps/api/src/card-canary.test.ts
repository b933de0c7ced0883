import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { campaign, merchant, payment } from './testing/documents'
import { everyPlace, isCode } from './testing/every-place'
import { testApi, type TestApi } from './testing/test-api'

const PAN = '6222021234567890128'
/** The same as somebody might write it, who means no harm. */
const WRITTEN = { whole: PAN, grouped: '6222-0212-3456-7890-128', 'after a letter': `x${PAN}` }

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
})
afterAll(() => api.stop())

async function kept(): Promise<string[]> {
  const db = new Client({ connectionString: api.url })
  await db.connect()
  const { rows } = await db.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const all = await db.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`)
    found.push(...all.rows.map(({ row }) => `${name} ${row}`))
  }
  await db.end()
  return found
}

const holds = (text: string) => Object.values(WRITTEN).some((written) => text.includes(written))

test.each(Object.entries(WRITTEN))(
  'a card number, %s, in any place of any operation is kept nowhere',
  async (_, text) => {
    const places = everyPlace(text).filter(({ place }) => !isCode(place))
    expect(places.length).toBeGreaterThan(200)
    const repeated: string[] = []
    const ask = async ({ place, who, method, path, body }: (typeof places)[number]) => {
      const answer = await api.ask(who, method, path, body)
      if (holds(answer.text) || answer.status >= 500)
        repeated.push(`${place}: ${answer.status} ${answer.text.slice(-120)}`)
    }
    for (let i = 0; i < places.length; i += 8) await Promise.all(places.slice(i, i + 8).map(ask))
    const rows = (await kept()).filter(holds)
    const files = await filesWith(api.config.dataDir)
    expect({ repeated, rows, files, logs: api.logs.filter(holds) }).toEqual({
      repeated: [],
      rows: [],
      files: [],
      logs: [],
    })
  },
)

async function filesWith(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile() && holds(await readFile(join(entry.parentPath, entry.name), 'utf8'))) found.push(entry.name)
  return found
}

test('of a card that comes as a token eight digits of the BIN are kept, or six', async () => {
  const pay = (serial: string, card: object) =>
    api.ask('system', 'POST', '/v1/transactions', payment(serial, { card: { ...card, last4: '0128' } }))
  const binOf = async (serial: string) => {
    const row = (await kept()).find(
      (text) => text.startsWith('marketing_transaction ') && text.includes(`"${serial}"`),
    )!
    return /"bin": "([0-9]+)"/.exec(row)?.[1]
  }
  // 622202 is of 19 digits in the BIN table; of 000000 nothing is known.
  expect((await pay('B1', { token: 'their-own-token-1', bin: '622202123456' })).status).toBe(200)
  expect((await pay('B2', { token: 'their-own-token-2', bin: '000000123456' })).status).toBe(200)
  expect((await pay('B3', { token: `cd_${'A'.repeat(43)}`, bin: '99999912' })).status).toBe(200)
  expect([await binOf('B1'), await binOf('B2'), await binOf('B3')]).toEqual(['62220212', '000000', '99999912'])
})

test('a serial that passes by chance is refused with what to do, and taken from a client whose serials may', async () => {
  const serial = '4111111111111111'
  const pay = () => api.ask('other', 'POST', '/v1/transactions', payment(serial))
  const refused = await pay()
  expect([refused.status, refused.body.code]).toEqual([400, 'invalid_request'])
  expect(refused.text).toContain('serialsMayLookLikeCards')
  expect(refused.text).not.toContain(serial)
  await api.ask('maker', 'PUT', '/v1/clients/other', { name: 'other', serialsMayLookLikeCards: true })
  expect((await pay()).status).toBe(200)
  expect((await api.ask('system', 'POST', '/v1/transactions', payment(serial))).status).toBe(400)
  expect((await api.ask('system', 'POST', '/v1/transactions', payment('20261201123456789012'))).status).toBe(200)
})
