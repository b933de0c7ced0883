import { SCOPES } from '@lijian/contracts/people'
import { dataSource } from '@lijian/database'
import { makeKeyPerson } from '@lijian/identity'
import { until } from '@lijian/testing'
import { Pool } from 'pg'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'
import { ruleOf } from './whose'

/** Everything below belongs to `south-1`, under `south`. */
const WHO = { same: 'south-1', above: 'south', other: 'north', beneath: 'south-1-a' } as const
type Person = keyof typeof WHO
const SEES: Readonly<Record<Person, boolean>> = { same: true, above: true, other: false, beneath: false }

/** What is of no branch: only head office is let in. A new address stands here, or says in whose.ts whose it is. */
const HOUSE = `GET /v1/accounts · GET /v1/api-keys · GET /v1/backtests · GET /v1/card-usage · GET /v1/card-usage-cases
GET /v1/card-usage-cases/:id · GET /v1/clearing-files · GET /v1/clearing-runs · GET /v1/clearing-runs/:date · GET /v1/clearing-systems/:code
GET /v1/clients · GET /v1/clients/:code · GET /v1/erasures · GET /v1/erasures/:id · GET /v1/imports · GET /v1/merchant-settlements
GET /v1/reconciliation/breaks · GET /v1/reconciliation/imports · GET /v1/reconciliation/imports/:id · GET /v1/reconciliation/layouts/:code
GET /v1/reconciliation/runs · GET /v1/report-runs · GET /v1/report-schedules · GET /v1/report-schedules/:code · GET /v1/routing
GET /v1/routing/capacity · GET /v1/routing/compliance · GET /v1/routing/drill · GET /v1/routing/versions · GET /v1/rule-templates/:code/campaigns
POST /v1/api-keys · POST /v1/api-keys/:id/revoke · POST /v1/backtests · POST /v1/card-usage-cases/:id/approve
POST /v1/card-usage-cases/:id/explanation · POST /v1/card-usage-cases/:id/reject · POST /v1/clearing-files/:id/acknowledgement
POST /v1/clearing-files/:id/replacement · POST /v1/clearing-runs · POST /v1/clients/:code/webhook-secret · POST /v1/erasures
POST /v1/merchants/imports · POST /v1/reconciliation/imports · POST /v1/reconciliation/runs · POST /v1/report-schedules/:code/end
POST /v1/routing/:part/:code/resume · POST /v1/routing/:part/:code/suspend · POST /v1/routing/shared-pools · POST /v1/transfers
PUT /v1/approval-policies/:kind · PUT /v1/branches/:code · PUT /v1/clearing-systems/:code · PUT /v1/clients/:code
PUT /v1/reconciliation/layouts/:code · PUT /v1/report-schedules/:code · PUT /v1/roles/:code · PUT /v1/routing`
  .split(/ · |\n/)
  .map((one) => one.trim())

const isOfPeople = ({ scopes }: Endpoint<never>) => scopes.some((scope) => scope !== 'transactions')
const entries = (Object.values(TABLE).flat() as Endpoint<never>[]).filter(isOfPeople)
const nameOf = ({ method, path }: Endpoint<never>) => `${method} ${path}`

let api: TestApi
let pool: Pool
const keys = {} as Record<Person, string>
const ids: Record<string, string> = {}
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url, max: 2 })
  await pool.query(`INSERT INTO branch VALUES ('south', 'South', 'head-office'), ('north', 'North', 'head-office'),
    ('south-1', 'South 1', 'south'), ('south-1-a', 'South 1 a', 'south-1')`)
  const source = await dataSource(api.url).initialize()
  for (const [who, branch] of Object.entries(WHO)) {
    const made = await makeKeyPerson(source, { client: 'people', login: who, name: who, scopes: SCOPES, branch })
    keys[who as Person] = made.key
    ids[who] = (await pool.query<{ id: string }>('SELECT id FROM person WHERE login = $1', [who])).rows[0]!.id
  }
  await source.destroy()
  await until(async () => (await ask('beneath', 'GET', '/v1/roles')).status === 200)
  for (const [id, branch] of [
    ['M0001', 'south-1'],
    ['M0002', 'north'],
  ] as const)
    // prettier-ignore
    await api.ask('maker', 'PUT', `/v1/merchants/${id}`, { ...merchant, id, branch })
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  await api.ask('maker', 'PUT', '/v1/merchant-groups/GROUP', { code: 'GROUP', name: 'g', merchants: ['M0001'] })
  expect(await api.ask('system', 'POST', '/v1/transactions', payment('T1'))).toMatchObject({ status: 200 })
  await pool.query(`UPDATE campaign SET branch = 'south-1'; UPDATE merchant_group SET branch = 'south-1'`)
  await pool.query(`INSERT INTO partner (code, name, funded_fen, branch) VALUES ('PARTNER', 'p', 0, 'south-1')`)
  const one = async (sql: string) => String((await pool.query<{ id: string }>(sql)).rows[0]!.id)
  ids.case = await one(
    `INSERT INTO reconciliation_case (kind, client, serial, merchant) VALUES ('late_success', 'system', 'T1', 'M0001') RETURNING id`,
  )
  ids.cycle = await one(
    `INSERT INTO partner_cycle (partner, cycle, campaign, period, from_date, to_date, campaigns, state, opening_fen, charged_fen, returned_fen,
       collected_fen, adjusted_fen, closing_fen, carried_fen, due_fen, lines, statement_rows, statement_sha256)
     VALUES ('PARTNER', 'day', '', '2026-11-01', '2026-11-01', '2026-11-01', '{}', 'issued', 0, 0, 0, 0, 0, 0, 0, 0, '[]', 0, 's') RETURNING id`,
  )
  ids.backtest = await one(
    `INSERT INTO backtest_run (serial, requested_by, request_hash, campaigns, state, finished_at) VALUES ('B1', '${ids.same}', 'h', '[]', 'expired', now()) RETURNING id`,
  )
  ids.import = await one(
    `INSERT INTO group_import (kind, code, mode, state, started_by) VALUES ('merchant_group', 'GROUP', 'add', 'done', '${ids.same}') RETURNING id`,
  )
  ids.report = await one(
    `INSERT INTO report_run (kind, parameters, format, language, encoding, request_hash, data_version, requested_by)
     VALUES ('merchant', '{"from": "2026-11-01", "to": "2026-11-01", "merchant": "M0001"}', 'csv', 'en', 'utf-8', 'h', 'v', 'x') RETURNING id`,
  )
  const receipt = { amount: 100, bankReference: 'R-1', valueDate: '2026-11-01', evidence: 'slip' }
  ids.proposal = String((await ask('same', 'POST', '/v1/partners/PARTNER/receipts', receipt)).body.id)
  expect(ids.proposal).toMatch(/^\d+$/)
}, 120_000)
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const ask = (who: Person, method: string, path: string, body?: unknown) =>
  api.ask('nobody', method, path, body, { authorization: `Bearer ${keys[who]}` })

/** What each address is asked about; `id` means something else at each. */
const IDS: Readonly<Record<string, () => string>> = {
  campaigns: () => 'CCB',
  merchants: () => 'M0001',
  'merchant-groups': () => 'GROUP',
  partners: () => 'PARTNER',
  'partner-cycles': () => ids.cycle!,
  cases: () => ids.case!,
  backtests: () => ids.backtest!,
  imports: () => ids.import!,
  'report-runs': () => ids.report!,
  proposals: () => ids.proposal!,
  persons: () => ids.same!,
  transactions: () => 'T1',
  routes: () => 'T1',
}
const addressOf = ({ path }: Endpoint<never>): string => {
  const [, , place] = path.split('/') as [string, string, string]
  const address = path
    .replace(/:(code|id|serial)/, () => IDS[place]!())
    .replaceAll(/:([A-Za-z]+)/g, (_all, name: string) => (name === 'resolution' ? '1' : 'X1'))
  return place === 'transactions' || place === 'routes' ? `${address}?client=system` : address
}

const bodyOf = ({ body }: Endpoint<never>) => (body?.meta() as { examples?: unknown[] } | undefined)?.examples?.[0]
const byPath = entries.filter((one) => typeof ruleOf(one) === 'function' && /:(code|id|serial)/.test(one.path))

test('every address says whose it is, and what says nothing is of head office', () => {
  expect(
    entries
      .filter((one) => ruleOf(one) === 'house')
      .map(nameOf)
      .sort(),
  ).toEqual([...HOUSE].sort())
})

// Those that change least come first: what one does away with the next asks for no more.
test.each(byPath.map((one) => [nameOf(one), one] as const))(
  '%s: not there for another branch, nor for one beneath',
  async (_name, one) => {
    for (const who of ['other', 'beneath'] as const) {
      const answer = await ask(who, one.method, addressOf(one), one.method === 'GET' ? undefined : bodyOf(one))
      // A body that is none is refused before anybody looks whose it is.
      const status = answer.status === 400 || answer.status === 422 ? answer.status : 404
      expect({ who, status: answer.status, text: answer.text }).toMatchObject({ who, status })
      if (answer.status === 404) expect(answer.body.code).toBe('not_found')
    }
  },
)

test.each(byPath.filter(({ method, path }) => method === 'GET' && !path.startsWith('/v1/routes')).map((one) => [nameOf(one), one] as const))(
  '%s: there for its branch and the one above',
  async (_name, one) => {
    for (const who of ['same', 'above'] as const)
      expect({ who, status: (await ask(who, 'GET', addressOf(one))).status }).not.toMatchObject({ status: 404 })
  },
) // prettier-ignore

test('what is not there and what is of another branch are told in the same words', async () => {
  for (const [place, code] of [
    ['campaigns', 'CCB'],
    ['merchants', 'M0001'],
    ['partners', 'PARTNER'],
    ['merchant-groups', 'GROUP'],
  ]) {
    // prettier-ignore
    const hidden = (await ask('other', 'GET', `/v1/${place}/${code}`)).body
    const unknown = (await ask('other', 'GET', `/v1/${place}/NOBODY`)).body
    expect({ ...hidden, instance: '' }).toEqual({
      ...JSON.parse(JSON.stringify(unknown).replaceAll('NOBODY', code!)),
      instance: '',
    })
  }
})

test.each(Object.keys(WHO) as Person[])('what is of the whole institution is closed to %s', async (who) => {
  const house = entries.filter((one) => ruleOf(one) === 'house' && one.method === 'GET' && !/:/.test(one.path))
  for (const one of house) {
    const { status, body } = await ask(who, 'GET', one.path)
    // Some ask for a date first.
    if (status !== 400) expect({ path: one.path, status, code: body.code }).toEqual({ path: one.path, status: 403, code: 'forbidden' }) // prettier-ignore
  }
})

const LISTS = [
  ['/v1/campaigns', 'campaigns', 'CCB'],
  ['/v1/merchants', 'merchants', 'M0001'],
  ['/v1/merchant-groups', 'merchantGroups', 'GROUP'],
  ['/v1/partners', 'partners', 'PARTNER'],
  ['/v1/partner-cycles', 'cycles', 'PARTNER'],
  ['/v1/cases', 'cases', 'M0001'],
  ['/v1/transactions', 'transactions', 'T1'],
  ['/v1/approvals', 'approvals', 'PARTNER'],
  ['/v1/persons?q=same', 'persons', 'same'],
  ['/v1/search?q=CCB', 'groups', 'CCB'],
  ['/v1/search?q=M0001', 'groups', 'M0001'],
  ['/v1/search?q=PARTNER', 'groups', 'PARTNER'],
  ['/v1/search?q=T1', 'groups', '"T1"'],
] as const
describe.each(Object.keys(WHO) as Person[])('%s', (who) => {
  test.each(LISTS)('%s is cut to the branch', async (path, _rows, what) => {
    const { status, text } = await ask(who, 'GET', path)
    // The one who looks for a word is told the word.
    const found = text.replace(/"q":"[^"]*"/, '')
    expect({ status, has: found.includes(what) }).toEqual({ status: 200, has: SEES[who] })
  })
  test.each(LISTS.filter(([path]) => !path.startsWith('/v1/search')))('%s as a file too', async (path, _rows, what) => {
    const { status, text } = await ask(who, 'GET', `${path}${path.includes('?') ? '&' : '?'}format=csv`)
    expect({ status, has: text.includes(what) }).toEqual({ status: 200, has: SEES[who] })
  })
  test('a report names what it is about, of the branch', async () => {
    const report = (about: string) => ask(who, 'GET', `/v1/reports/merchant?from=2026-11-01&to=2026-11-01${about}`)
    expect(await report('')).toMatchObject({ status: 403 })
    expect((await report('&merchant=M0001')).status).toBe(SEES[who] ? 200 : 404)
    expect((await report('&merchant=NOBODY')).status).not.toBe(500)
    // One of theirs opens no other.
    expect((await report('&merchant=M0001&partner=PARTNER')).status).toBe(SEES[who] ? 200 : 404)
  })
})

test('whoever makes something makes it for the branch, and moves nothing elsewhere', async () => {
  const own = { ...merchant, id: 'M-OWN' }
  expect(await ask('same', 'PUT', '/v1/merchants/M-OWN', own)).toMatchObject({ body: { branch: 'south-1' } })
  expect(await ask('same', 'PUT', '/v1/merchants/M-OWN', { ...own, branch: 'north' })).toMatchObject({ status: 404 })
  expect(await ask('other', 'PUT', '/v1/merchants/M-OWN', own)).toMatchObject({ status: 404 })
  await ask('same', 'PUT', '/v1/merchant-groups/G-OWN', { code: 'G-OWN', name: 'mine' })
  expect(await ask('other', 'GET', '/v1/merchant-groups/G-OWN')).toMatchObject({ status: 404 })
  expect(await ask('above', 'GET', '/v1/merchant-groups/G-OWN')).toMatchObject({ status: 200 })
  const person = { login: 'x.y', name: 'x', branch: 'north', roles: ['operator'] }
  expect(await ask('same', 'POST', '/v1/persons', person)).toMatchObject({ status: 404 })
})

test('two branches that make the same at once: one has it, and the other is told that it is not there', async () => {
  const put = (who: Person) => ask(who, 'PUT', '/v1/merchant-groups/RACE', { code: 'RACE', name: who })
  await Promise.all([put('same'), put('other')])
  const seen = await Promise.all((['same', 'other'] as const).map(async (who) => (await ask(who, 'GET', '/v1/merchant-groups/RACE')).status)) // prettier-ignore
  expect(seen.sort()).toEqual([200, 404])
})

test('head office and machines see all of it', async () => {
  for (const [path, , what] of LISTS.slice(0, 7)) expect((await api.ask('maker', 'GET', path)).text).toContain(what)
})

test.each(["south' OR '1'='1", 'south-1\u0000', '../north', '{south-1,north}', '%'])(
  '%j is no branch',
  async (text) => {
    const { status } = await ask('other', 'GET', `/v1/campaigns?branch=${encodeURIComponent(text)}`)
    expect([400, 404]).toContain(status)
  },
)
