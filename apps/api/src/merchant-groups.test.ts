import { Client } from 'pg'
import { until } from '@lijian/testing'
import { campaign, merchant, payment } from './testing/documents'
import { lines } from './testing/groups'
import { testApi, type TestApi } from './testing/test-api'
import { send, slowUpload } from './testing/upload'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
}, 60_000)
afterAll(() => api.stop())

const put = (code: string, merchants: string[]) =>
  api.ask('maker', 'PUT', `/v1/merchant-groups/${code}`, { code, merchants })
const paid = async (n: string, id: string) =>
  (await api.ask('system', 'POST', '/v1/transactions', payment(`MG-${n}`, { merchant: id }))).body.state
const offerOf = (code: string, group: string) =>
  campaign({ code }, { code: `${code}-O`, merchants: undefined, merchantGroups: [group] })
const live = async (code: string, group: string) => {
  await api.ask('maker', 'PUT', `/v1/campaigns/${code}`, offerOf(code, group))
  expect((await api.ask('checker', 'POST', `/v1/campaigns/${code}/approve`)).status).toBe(200)
}
const members = async (code: string, query = '') =>
  (await api.ask('checker', 'GET', `/v1/merchant-groups/${code}/members${query}`)).body.merchants

test('members of a group get the offer that names it; a live campaign makes its changes wait for another person', async () => {
  const unknown = await api.ask('maker', 'POST', '/v1/campaigns/check', offerOf('GC', 'SOUTH'))
  expect(unknown.body.warnings).toContainEqual(
    expect.objectContaining({
      code: 'not_stored',
      proof: expect.objectContaining({ kind: 'merchant group', code: 'SOUTH' }),
    }),
  )
  expect(await put('SOUTH', ['G-A', 'G-B'])).toMatchObject({ status: 200, body: { version: 1, members: 2 } })
  await live('GC', 'SOUTH')
  expect([await paid('a1', 'G-A'), await paid('c1', 'G-C')]).toEqual(['held', 'no_offer'])
  const waits = await put('SOUTH', ['G-B', 'G-C'])
  expect(waits).toMatchObject({ status: 202, body: { kind: 'merchant_group', subject: 'SOUTH', state: 'proposed' } })
  expect((await put('SOUTH', ['G-C', 'G-B'])).body.id).toBe(waits.body.id)
  expect([await paid('a2', 'G-A'), await paid('c2', 'G-C')]).toEqual(['held', 'no_offer'])
  expect(await members('SOUTH', '?version=2&change=added')).toEqual(['G-C'])
  expect(await members('SOUTH', '?version=2&change=removed')).toEqual(['G-A'])
  const approve = (who: 'maker' | 'checker') =>
    api.ask(who, 'POST', `/v1/proposals/${String(waits.body.id)}/approve`, { hash: waits.body.hash })
  expect((await approve('maker')).status).toBeGreaterThanOrEqual(400)
  expect((await approve('checker')).status).toBe(200)
  expect([await paid('a3', 'G-A'), await paid('b3', 'G-B'), await paid('c3', 'G-C')]).toEqual([
    'no_offer',
    'held',
    'held',
  ])
  expect(await members('SOUTH')).toEqual(['G-B', 'G-C'])
  expect(await members('SOUTH', '?version=1')).toEqual(['G-A', 'G-B'])
})

test('a rejected change is as if it had never been sent, and the next one starts from what is in force', async () => {
  await put('NORTH', ['N-A'])
  await live('NC', 'NORTH')
  const { body } = await send(api, '/v1/merchant-groups/NORTH/imports?mode=add', lines(['N-B', 'N-C', 'N-B']))
  expect(body).toMatchObject({ state: 'done', changed: false, duplicates: 1, members: 3, proposal: expect.any(Number) })
  const { body: waits } = await api.ask('checker', 'GET', `/v1/proposals/${String(body.proposal)}`)
  const reason = 'not these'
  await api.ask('checker', 'POST', `/v1/proposals/${String(body.proposal)}/reject`, { hash: waits.hash, reason })
  expect((await api.ask('checker', 'GET', '/v1/merchant-groups/NORTH')).body).toMatchObject({ version: 1, members: 1 })
  expect(await members('NORTH')).toEqual(['N-A'])
  expect((await put('NORTH', ['N-A', 'N-B'])).body).toMatchObject({ body: { version: 3, added: 1, removed: 0 } })
})

test('a change whose time is over waits anew when it is sent again, with its members, and takes effect', async () => {
  await put('EAST', ['E-A'])
  await live('EC', 'EAST')
  const first = await put('EAST', ['E-B'])
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  await sql.query('UPDATE proposal SET expires_at = now() WHERE id = $1', [first.body.id]).finally(() => sql.end())
  const again = await put('EAST', ['E-B'])
  expect(again.status).toBe(202)
  expect(again.body.id).not.toBe(first.body.id)
  const decided = await api.ask('checker', 'POST', `/v1/proposals/${String(again.body.id)}/approve`, { hash: again.body.hash }) // prettier-ignore
  expect(decided.body).toMatchObject({ state: 'approved' })
  expect(await members('EAST')).toEqual(['E-B'])
})

test('a change that is sent while the one before is taken back or rejected does not wait for it, nor it for the change', async () => {
  await put('WEST', ['W-A'])
  await live('WC', 'WEST')
  let waits = await put('WEST', ['W-0x'])
  for (let n = 1; n <= 12; n++) {
    const { id, hash } = waits.body as { id: number; hash: string }
    const end = n % 2 === 0 ? api.ask('maker', 'POST', `/v1/proposals/${id}/withdraw`) : api.ask('checker', 'POST', `/v1/proposals/${id}/reject`, { hash, reason: 'no' }) // prettier-ignore
    const [ended, next] = await Promise.all([end, put('WEST', [`W-${n}x`])])
    expect([200, 409]).toContain(ended.status)
    expect(next.status).toBe(202)
    waits = next
  }
})

test('a file of merchants enrols, changes only what it says, and is told by its lines when it is wrong', async () => {
  const row = (id: string, more: object = {}) => JSON.stringify({ id, name: `商户 ${id}`, mcc: '5812', ...more })
  const sent = (rows: string[], query = '') => send(api, `/v1/merchants/imports${query}`, lines(rows))
  await api.ask('maker', 'PUT', '/v1/merchants/F-1', { ...merchant, id: 'F-1' })
  expect((await sent([row('F-1'), row('F-2'), row('F-2')])).body).toMatchObject({ state: 'done', changed: true, members: 2, duplicates: 1 }) // prettier-ignore
  expect((await api.ask('checker', 'GET', '/v1/merchants/F-1')).body).toMatchObject({ name: '商户 F-1', fees: merchant.fees, status: 'active' }) // prettier-ignore
  expect((await sent([row('F-1'), row('F-2')])).body).toMatchObject({ changed: false, members: 0 })
  const wrong = await sent([row('F-3'), '{', row('F-4', { mcc: '58' }), row('F-5', { branch: 'nowhere' })])
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: 'line 2' }, { path: 'line 3' }] } })
  const two = await sent([row('F-3'), row('F-3', { name: 'another' }), row('F-6', { branch: 'nowhere' })])
  expect(two).toMatchObject({ status: 422, body: { errors: [{ path: 'line 2' }, { path: 'line 3' }] } })
  expect((await api.ask('checker', 'GET', '/v1/merchants/F-3')).status).toBe(404)
  await sent([row('F-2')], '?mode=remove')
  expect((await api.ask('checker', 'GET', '/v1/merchants?q=F-')).body.merchants).toMatchObject([{ id: 'F-1', status: 'active' }, { id: 'F-2', status: 'left' }]) // prettier-ignore
  await sent([row('F-2')], '?mode=replace')
  expect((await api.ask('checker', 'GET', '/v1/merchants?q=F-')).body.merchants).toMatchObject([{ id: 'F-1', status: 'left' }, { id: 'F-2', status: 'active' }]) // prettier-ignore
})

test('an import is cancelled while its file comes in, twice alike, and leaves nothing', async () => {
  const upload = slowUpload(api, '/v1/merchant-groups/STOPPED/imports')
  upload.text(lines(['S-A']))
  const imports = async () =>
    (await api.ask('checker', 'GET', '/v1/imports?code=STOPPED')).body.imports as { id: number; state: string }[]
  await until(async () => (await imports())[0]?.state === 'running')
  const cancel = async () => api.ask('maker', 'POST', `/v1/imports/${(await imports())[0]!.id}/cancel`)
  const first = await cancel()
  expect(first.status).toBe(200)
  upload.end()
  expect(await upload.answer).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  const again = await cancel()
  expect(again).toMatchObject({ status: 200, body: { state: 'failed', failure: 'cancelled' } })
  expect(again.body.cancelledBy).toBe(first.body.cancelledBy)
  expect((await api.ask('checker', 'GET', '/v1/merchant-groups/STOPPED')).status).toBe(404)
})

test('an import that has ended is not cancelled', async () => {
  const { body } = await send(api, '/v1/merchant-groups/CANCEL/imports', lines(['C-A']))
  expect((await api.ask('maker', 'POST', `/v1/imports/${String(body.id)}/cancel`)).status).toBe(409)
})

test('a merchant sees its activities with state, period and what is left for it', async () => {
  await api.ask('maker', 'PUT', '/v1/merchants/ACT', { ...merchant, id: 'ACT' })
  await put('ACT-G', ['ACT'])
  const rule = {
    ...offerOf('ACT-C', 'ACT-G').offers[0]!.rule,
    limits: [{ per: ['merchant'], period: 'total', count: 3 }],
  }
  const document = offerOf('ACT-C', 'ACT-G')
  await api.ask('maker', 'PUT', '/v1/campaigns/ACT-C', { ...document, offers: [{ ...document.offers[0], rule }] })
  const seen = async () => (await api.ask('checker', 'GET', '/v1/merchants/ACT/activities')).body.activities as { campaign: string }[] // prettier-ignore
  const mine = async () => (await seen()).find(({ campaign: code }) => code === 'ACT-C')
  expect(await mine()).toMatchObject({ state: 'waits', by: 'group', groups: ['ACT-G'] })
  await api.ask('checker', 'POST', '/v1/campaigns/ACT-C/approve')
  expect(await paid('act', 'ACT')).toBe('held')
  const counted = { per: ['merchant'], count: { limit: 3, held: 1, left: 2 } }
  expect(await mine()).toMatchObject({ state: 'live', from: '2020-01-01', limits: expect.arrayContaining([expect.objectContaining({ per: ['merchant'] })]) }) // prettier-ignore
  expect(((await mine()) as unknown as { limits: object[] }).limits[0]).toMatchObject(counted)
  await api.ask('maker', 'POST', '/v1/campaigns/ACT-C/suspend')
  expect(await mine()).toMatchObject({ state: 'suspended' })
  expect((await api.ask('checker', 'GET', '/v1/merchants/NOT-THERE/activities')).status).toBe(404)
})
