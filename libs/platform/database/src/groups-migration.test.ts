import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { testDatabase } from '@lijian/testing'
import { Client } from 'pg'

const sqlOf = (folder: string) => readFileSync(join(__dirname, 'migrations', folder, 'up.sql'), 'utf8')
const fingerprint = (token: string) => hash('sha256', token, 'hex').slice(0, 32)

test('cards that groups had before become pages of ascending fingerprints', async () => {
  const { url, drop } = await testDatabase()
  const db = new Client({ connectionString: url })
  await db.connect()
  await db.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  await db.query(sqlOf('0001-initial'))
  const tokens = Array.from({ length: 10_000 }, (_, n) => `cd_${String(n).padStart(43, '0')}`)
  const insert = 'INSERT INTO card_group (code, bins, cards, updated_by) VALUES ($1, $2, $3, $4)'
  await db.query(insert, ['MANY', ['622202'], [...tokens, tokens[0]], 'm'])
  await db.query(insert, ['NONE', ['622203'], [], 'm'])
  await db.query(sqlOf('0003-groups'))
  const { rows: groups } = await db.query(
    'SELECT code, bins, members_version, member_count FROM card_group ORDER BY code',
  )
  expect(groups).toEqual([
    { code: 'MANY', bins: ['622202'], members_version: 1, member_count: 10_000 },
    { code: 'NONE', bins: ['622203'], members_version: 0, member_count: 0 },
  ])
  const { rows: pages } = await db.query<{
    kind: string
    code: string
    version: number
    page: number
    members: Buffer
  }>('SELECT kind, code, version, page, members FROM group_page ORDER BY page')
  expect(
    pages.map(({ kind, code, version, page, members }) => [kind, code, version, page, members.length / 16]),
  ).toEqual([
    ['card_group', 'MANY', 1, 0, 4096],
    ['card_group', 'MANY', 1, 1, 4096],
    ['card_group', 'MANY', 1, 2, 10_000 - 2 * 4096],
  ])
  expect(Buffer.concat(pages.map(({ members }) => members)).toString('hex')).toBe(
    tokens.map(fingerprint).sort().join(''),
  )
  await db.end()
  await drop()
})
