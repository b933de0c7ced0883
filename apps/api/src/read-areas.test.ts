import { READ_AREAS, SCOPES, type ReadArea, type Scope } from '@lijian/contracts/people'
import { inTransaction } from '@lijian/database'
import { insertPerson, newKey } from '@lijian/identity'
import { until } from '@lijian/testing'
import { Pool } from 'pg'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { testApi, type TestApi } from './testing/test-api'

/** What each address reads, by how it begins: an address that stands nowhere here is no address yet. */
const AREAS: Readonly<Record<string, ReadArea | 'any' | 'one of them'>> = {
  ...{ transactions: 'read.transactions', routes: 'read.transactions' },
  ...{ campaigns: 'read.marketing', 'rule-templates': 'read.marketing', backtests: 'read.marketing' },
  ...{ merchants: 'read.marketing', 'merchant-groups': 'read.marketing', imports: 'read.marketing' },
  ...{ 'card-groups': 'read.marketing', 'customer-groups': 'read.marketing' },
  ...{ routing: 'read.routing', 'card-usage': 'read.routing', 'card-usage-cases': 'read.routing' },
  ...{ partners: 'read.money', 'funding-warnings': 'read.money', 'partner-cycles': 'read.money' },
  ...{ accounts: 'read.money', 'clearing-runs': 'read.clearing', 'merchant-settlements': 'read.clearing' },
  ...{ 'clearing-files': 'read.clearing', 'clearing-systems': 'read.clearing', cases: 'read.clearing' },
  ...{ reconciliation: 'read.clearing', erasures: 'read.audit', audit: 'read.audit' },
  ...{ clients: 'read.people', 'api-keys': 'read.people', persons: 'read.people' },
  // A report and a proposal are of an area themselves.
  ...{ reports: 'one of them', 'report-runs': 'one of them', 'report-files': 'one of them' },
  ...{ 'report-schedules': 'one of them', approvals: 'one of them', proposals: 'one of them' },
  ...{ branches: 'one of them', roles: 'one of them', 'approval-policies': 'one of them', delegations: 'one of them' },
  ...{ search: 'any', sessions: 'any', me: 'any' },
}

/** What the roles that come with an installation read. Other addresses are open to them for what they do there. */
const ROLES: Readonly<Record<string, readonly ReadArea[]>> = {
  operator: ['read.marketing', 'read.transactions'],
  reviewer: ['read.marketing', 'read.transactions'],
  'finance-maker': ['read.marketing', 'read.transactions', 'read.money', 'read.clearing'],
  'finance-checker': ['read.marketing', 'read.transactions', 'read.money', 'read.clearing'],
  risk: ['read.marketing', 'read.transactions', 'read.clearing', 'read.routing'],
  auditor: READ_AREAS,
  administrator: [],
}

const gets = (Object.values(TABLE).flat() as Endpoint<never>[]).filter(({ method }) => method === 'GET')
const areaOf = ({ path }: Endpoint<never>) => AREAS[path.split('/')[2]!]
const guarded = gets.filter((one) => one.scopes.length > 0)
const isArea = (scope: Scope): scope is ReadArea => (READ_AREAS as readonly Scope[]).includes(scope)

let api: TestApi
let pool: Pool
const tokens = new Map<string, string>()
const rightsOf = new Map<string, Scope[]>()
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url, max: 1 })
  const { rows } = await pool.query<{ code: string; scopes: Scope[] }>(
    "SELECT code, scopes FROM role WHERE code NOT LIKE 'only-%'",
  )
  for (const { code, scopes } of rows) {
    rightsOf.set(code, scopes)
    tokens.set(code, await tokenOf(code, [...SCOPES]))
  }
  // Of before there were areas: the token of a person, and a key of a client.
  tokens.set('token of before', await tokenOf('auditor', ['read'], 'b4'))
  const { id, key, hash } = newKey()
  await pool.query(`INSERT INTO api_key (id, client, name, hash, scopes) VALUES ($1, 'other', 'old', $2, '{read}')`, [
    ...[id, hash],
  ])
  await pool.query(`INSERT INTO config_change (kind, code) VALUES ('client', 'other')`)
  tokens.set('key of before', key)
  await until(async () => (await statusOf('key of before', '/v1/campaigns')) === 200)
  await until(async () => (await statusOf('token of before', '/v1/campaigns')) === 200)
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

async function tokenOf(role: string, scopes: Scope[], suffix = ''): Promise<string> {
  const { id, key, hash } = newKey()
  const login = `walk.${role}${suffix}`
  const person = await inTransaction(pool, (db) => insertPerson(db, { login, name: role, roles: [role] }))
  await pool.query(
    `INSERT INTO api_key (id, person, name, hash, scopes, expires_at) VALUES ($1, $2, 'walk', $3, $4, now() + interval '1 day')`,
    [id, person, hash, scopes.filter((scope) => scope !== 'transactions')],
  )
  return key
}

async function statusOf(who: string, path: string): Promise<number> {
  const reply = await fetch(api.base + path, { headers: { authorization: `Bearer ${tokens.get(who)}` } })
  await reply.arrayBuffer()
  return reply.status
}

const addressOf = ({ path }: Endpoint<never>) =>
  path.replaceAll(/:([A-Za-z]+)/g, (_all, name: string) => (name === 'date' ? '2026-10-01' : 'X1'))

test('every address that is read is of an area, and of one', () => {
  for (const one of gets.filter(({ path }) => path.startsWith('/v1/'))) {
    const area = areaOf(one)
    const areas = one.scopes.filter(isArea)
    const { path } = one
    if (area === 'any') expect({ path, scopes: one.scopes }).toEqual({ path, scopes: [] })
    else if (area === 'one of them') expect({ path, many: areas.length > 1 }).toEqual({ path, many: true })
    else expect({ path, areas, all: one.scopes.includes('read') }).toEqual({ path, areas: [area], all: false })
  }
})

test('the roles of an installation read what they need', () => {
  for (const [role, areas] of Object.entries(ROLES))
    expect({ role, areas: rightsOf.get(role)!.filter(isArea) }).toEqual({ role, areas })
  expect([...rightsOf.keys()].sort()).toEqual(Object.keys(ROLES).sort())
})

test.each(Object.keys(ROLES))('%s is shown its own areas at every address that is read, and no other', async (role) => {
  const mine = [...ROLES[role]!, ...rightsOf.get(role)!.filter((scope) => !isArea(scope))]
  for (const one of guarded) {
    const { operationId } = one
    const shown = (await statusOf(role, addressOf(one))) !== 403
    expect({ operationId, shown }).toEqual({ operationId, shown: one.scopes.some((scope) => mine.includes(scope)) })
  }
})

test.each(['key of before', 'token of before'])('a %s reads every area but persons and keys', async (who) => {
  for (const one of guarded) {
    const { operationId } = one
    const isOpen = one.scopes.some((scope) => isArea(scope) && scope !== 'read.people')
    expect({ operationId, shown: (await statusOf(who, addressOf(one))) !== 403 }).toEqual({
      operationId,
      shown: isOpen,
    })
  }
})

test('a token of one area reads no other, whatever its person may', async () => {
  tokens.set('narrow', await tokenOf('auditor', ['read.money'], 'n'))
  await until(async () => (await statusOf('narrow', '/v1/partners')) === 200)
  expect(await statusOf('narrow', '/v1/campaigns')).toBe(403)
  expect(await statusOf('narrow', '/v1/reports/clearing?from=2026-10-01&to=2026-10-01')).toBe(403)
  expect(await statusOf('narrow', '/v1/transactions/X1?client=other')).toBe(403)
})
