import { campaignPage } from '@lijian/contracts/marketing'
import { Client } from 'pg'
import { campaign, merchant } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let sql: Client
const put = (code: string, document: unknown) => api.ask('maker', 'PUT', `/v1/campaigns/${code}`, document)
const approve = (code: string) => api.ask('checker', 'POST', `/v1/campaigns/${code}/approve`)
const list = async (query: string) => {
  const { body } = await api.ask('checker', 'GET', `/v1/campaigns?${query}`)
  return campaignPage.parse(body).campaigns
}
const codes = async (query: string) => (await list(query)).map(({ code }) => code)

const named = (code: string, changed: Record<string, unknown> = {}, offer: Record<string, unknown> = {}) =>
  campaign({ code, name: code, ...changed }, { code: `${code}-FOOD`, merchants: ['M0001'], ...offer })

beforeAll(async () => {
  api = await testApi()
  sql = new Client({ connectionString: api.url })
  await sql.connect()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  const { merchants: _all, ...open } = named('OPEN').offers[0]!
  await put('DRAFT', named('DRAFT'))
  await put('LIVE', named('LIVE', { name: '建行立减 Spring' }))
  await put('PAST', named('PAST', { from: '2020-01-01', to: '2020-01-31' }))
  await put('ICBC', named('ICBC', { funders: [{ partner: 'ICBC', sharePpm: 1_000_000 }] }, { merchants: ['M0002'] }))
  await put('OPEN', { ...named('OPEN'), offers: [open] })
  for (const code of ['LIVE', 'PAST']) expect(await approve(code)).toMatchObject({ status: 200 })
})
afterAll(async () => {
  await sql.end()
  await api.stop()
})

test('each filter lets through what it says, and all together', async () => {
  expect(await codes('state=approved')).toEqual(['LIVE', 'PAST'])
  expect(await codes('state=not_approved')).toEqual(['DRAFT', 'ICBC', 'OPEN'])
  expect(await codes('live=true')).toEqual(['LIVE'])
  expect(await codes('live=false&state=approved')).toEqual(['PAST'])
  expect(await codes(`q=${encodeURIComponent('立减 spr')}`)).toEqual(['LIVE'])
  expect(await codes('q=ra')).toEqual(['DRAFT'])
  expect(await codes('merchant=M0002')).toEqual(['ICBC', 'OPEN'])
  expect(await codes('partner=ICBC')).toEqual(['ICBC'])
  expect(await codes('partner=CCB&merchant=M0001&live=true&q=LIVE')).toEqual(['LIVE'])
  expect(await codes('q=%25')).toEqual([])
})

test('a branch shows its campaigns and those of the branches below', async () => {
  await sql.query(`INSERT INTO branch VALUES ('east', 'East', 'head-office'), ('hangzhou', 'Hangzhou', 'east')`)
  await sql.query(`UPDATE campaign SET branch = 'hangzhou' WHERE code = 'DRAFT'`)
  expect(await codes('branch=east')).toEqual(['DRAFT'])
  expect(await codes('branch=head-office')).toHaveLength(5)
  expect(await codes('branch=nowhere')).toEqual([])
})

test('pages go on under a filter', async () => {
  const first = (await api.ask('checker', 'GET', '/v1/campaigns?merchant=M0001&limit=2')).body
  expect(first).toMatchObject({ next: 'LIVE' })
  expect(await codes('merchant=M0001&limit=2&after=LIVE')).toEqual(['OPEN', 'PAST'])
})

test('offers are listed with what the live version says of each', async () => {
  const document = named('PARTS')
  const [offer] = document.offers
  const parts = (codesOf: string[], priority = 0) => ({
    ...document,
    offers: codesOf.map((code, at) => ({ ...offer, code, priority: at === 0 ? priority : 0 })),
  })
  await put('PARTS', parts(['A', 'B', 'C']))
  await approve('PARTS')
  await put('PARTS', parts(['A', 'B', 'D'], 7))
  await api.ask('maker', 'POST', '/v1/campaigns/PARTS/offers/B/suspend')
  const [line] = await list('q=PARTS&offers=true')
  expect(line!.offers!.map(({ code, state, suspended }) => [code, state, suspended])).toEqual([
    ['A', 'changed', false],
    ['B', 'approved', true],
    ['D', 'new', false],
    ['C', 'removed', false],
  ])
  expect((await list('q=PARTS'))[0]).not.toHaveProperty('offers')
  expect(await codes('state=suspended')).toEqual(['PARTS'])
})

test('a copy is a draft of its own that knows its original', async () => {
  const copy = (body: unknown) => api.ask('maker', 'POST', '/v1/campaigns/LIVE/copy', body)
  const made = await copy({ code: 'LIVE-2', name: '秋' })
  expect(made).toMatchObject({
    status: 200,
    body: {
      code: 'LIVE-2',
      name: '秋',
      version: 1,
      state: 'not_approved',
      copiedFrom: { campaign: 'LIVE', version: 1 },
    },
  })
  expect(made.body.document).toEqual({ ...named('LIVE'), currency: 'CNY', code: 'LIVE-2', name: '秋' })
  // The original goes on; the same request is the copy that is there.
  await put('LIVE', named('LIVE', { name: '建行立减 Spring 2' }))
  expect((await copy({ code: 'LIVE-2', name: '秋' })).body).toEqual(made.body)
  expect(await copy({ code: 'LIVE-2', name: '冬' })).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  expect(await copy({ code: 'DRAFT' })).toMatchObject({ status: 409 })
  expect(await copy({ code: 'LIVE-3', version: 9 })).toMatchObject({ status: 404 })
  expect(await codes('q=LIVE-3')).toEqual([])
  expect(await api.ask('maker', 'POST', '/v1/campaigns/NONE/copy', { code: 'LIVE-4' })).toMatchObject({ status: 404 })
  expect((await list('q=LIVE-2'))[0]).toMatchObject({ copiedFrom: { campaign: 'LIVE', version: 1 } })
})

test('two versions are compared; without versions the newest with the live one', async () => {
  const compare = async (query = '') => (await api.ask('checker', 'GET', `/v1/campaigns/PAST/compare${query}`)).body
  expect(await compare()).toMatchObject({ from: 1, to: 1, changes: [], isCut: false })
  await put('PAST', named('PAST', { from: '2020-01-01', to: '2020-02-29' }, { priority: 3 }))
  const changes = [
    { path: 'to', before: '2020-01-31', after: '2020-02-29' },
    { path: 'offers[PAST-FOOD].priority', after: 3 },
  ]
  const told = await compare()
  expect(told).toMatchObject({ campaign: 'PAST', from: 1, to: 2, changes, isCut: false })
  // The words are those that whoever approves reads.
  expect((told.words as { path: string }[]).map(({ path }) => path).sort()).toEqual(
    changes.map(({ path }) => path).sort(),
  )
  expect(await compare('?from=2&to=1')).toMatchObject({
    from: 2,
    to: 1,
    changes: [{ before: '2020-02-29' }, { before: 3 }],
  })
  const fresh = (await api.ask('checker', 'GET', '/v1/campaigns/DRAFT/compare')).body
  expect(fresh).not.toHaveProperty('from')
  expect(fresh).toMatchObject({ to: 1, changes: expect.arrayContaining([{ path: 'code', after: 'DRAFT' }]) as unknown })
  expect(await api.ask('checker', 'GET', '/v1/campaigns/PAST/compare?from=9')).toMatchObject({ status: 404 })
})

test('a merchant is found by a group in force that names it, and no longer once it has left', async () => {
  const { merchants: _all, ...grouped } = named('GROUPED').offers[0]!
  await sql.query(
    `INSERT INTO merchant_group (code, version, latest_version, member_count, updated_by) VALUES ('EAST', 2, 2, 1, 'a')`,
  )
  await sql.query(
    `INSERT INTO merchant_group_member (code, merchant, from_version, to_version) VALUES ('EAST', 'M-IN', 1, NULL), ('EAST', 'M-LEFT', 1, 2)`,
  )
  await put('GROUPED', { ...named('GROUPED'), offers: [{ ...grouped, merchantGroups: ['EAST'] }] })
  expect(await codes('merchant=M-IN&q=GROUPED')).toEqual(['GROUPED'])
  expect(await codes('merchant=M-LEFT&q=GROUPED')).toEqual([])
})
