import { listOf } from './csv-list'
import type { Endpoint } from './endpoint'
import { TABLE } from './http/table'
import { cardNumber } from './testing/card-numbers'
import { campaign } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.stop())

const csv = (path: string, accept?: string) =>
  api.ask('maker', 'GET', path, undefined, accept === undefined ? {} : { accept })
const linesOf = (text: string) => text.replace('\uFEFF', '').trimEnd().split('\n')

describe('a list as a file', () => {
  test('every list that pages downloads; what does not is named here', () => {
    const entries = Object.values(TABLE).flat() as Endpoint<never>[]
    const pages = entries.filter(({ query }) => 'after' in ((query as { shape?: object } | undefined)?.shape ?? {}))
    expect(pages.length).toBeGreaterThan(20)
    // Columns of a report depend on its kind: POST /v1/report-runs makes its file. Compliance has two tables, members have no columns.
    expect(pages.filter((one) => listOf(one) === undefined).map(({ operationId }) => operationId)).toEqual([
      'listMerchantGroupMembers',
      'readCompliance',
      'readReport',
    ])
  })

  test('it has a mark, heads, every page, and no cell that a spreadsheet runs', async () => {
    await api.ask('maker', 'PUT', '/v1/partners/CCB', { name: 'CCB' })
    const names = ['=1+1', '+SUM(A1)', '-2', '@x', 'a "quoted", name', '建行立减']
    for (const [i, name] of names.entries())
      await api.ask('maker', 'PUT', `/v1/campaigns/L${i}`, campaign({ code: `L${i}`, name }, { code: `F${i}` }))
    const file = await csv('/v1/campaigns?format=csv&limit=2')
    expect(file.status).toBe(200)
    expect(file.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(file.headers['content-disposition']).toBe('attachment; filename="campaigns.csv"')
    expect(file.headers['cache-control']).toBe('no-store')
    const raw = await fetch(`${api.base}/v1/campaigns?format=csv`, {
      headers: { authorization: `Bearer ${api.keys.maker}` },
    })
    expect(
      Buffer.from(await raw.arrayBuffer())
        .subarray(0, 3)
        .toString('hex'),
    ).toBe('efbbbf')
    const [head, ...lines] = linesOf(file.text)
    expect(head).toMatch(/^code,name,version,state,.*copiedFrom\.campaign,copiedFrom\.version/)
    const named = ["'=1+1", "'+SUM(A1)", "'-2", "'@x", '"a ""quoted"", name"', '建行立减']
    expect(lines.map((line) => line.startsWith('L'))).toEqual(named.map(() => true))
    expect(lines.map((line, i) => line.startsWith(`L${i},${named[i]},1,not_approved,`))).toEqual(named.map(() => true))
  })

  test('by the header too; a filter and a refusal are as in JSON', async () => {
    expect(linesOf((await csv('/v1/campaigns?q=L3', 'text/csv')).text)).toHaveLength(2)
    expect((await csv('/v1/campaigns?q=L3', 'text/csv, application/json;q=0.5')).headers['content-type']).toMatch(
      'text/csv',
    )
    expect((await csv('/v1/campaigns?q=L3&format=json', 'text/csv')).body).toMatchObject({
      campaigns: [{ code: 'L3' }],
    })
    expect(await csv('/v1/campaigns?format=pdf')).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
    expect(await csv('/v1/campaigns?state=odd&format=csv')).toMatchObject({ status: 400 })
    expect(await api.ask('system', 'GET', '/v1/campaigns?format=csv')).toMatchObject({ status: 403 })
  })
})

describe('lists of clients and groups', () => {
  test('clients by code, with how many keys are valid, and no secret', async () => {
    await api.approved('maker', 'PUT', '/v1/clients/pos-a', {
      name: 'Tills of the East',
      webhookUrl: 'https://example.org/hook',
    })
    const { body } = await api.ask('maker', 'GET', '/v1/clients?q=east')
    expect(body).toMatchObject({ clients: [{ code: 'pos-a', keys: 0, hasWebhookSecret: true }] })
    expect(JSON.stringify(body)).not.toContain('"webhookSecret"')
    const first = await api.ask('maker', 'GET', '/v1/clients?limit=2')
    const { clients, next } = first.body as { clients: { code: string; keys: number }[]; next: string }
    expect(clients.map(({ code }) => code)).toEqual(['other', 'people'])
    expect(clients[1]!.keys).toBeGreaterThan(3)
    expect((await api.ask('maker', 'GET', `/v1/clients?limit=2&after=${next}`)).body).toMatchObject({
      clients: [{ code: 'pos-a' }, { code: 'system' }],
    })
    expect(await api.ask('checker', 'GET', '/v1/clients')).toMatchObject({ status: 403 })
  })

  test('groups by code or name, with counts and no member', async () => {
    await api.ask('maker', 'PUT', '/v1/card-groups/VIP', { code: 'VIP', name: '白金卡', bins: ['622166', '622167'] })
    await api.ask('maker', 'PUT', '/v1/customer-groups/NEW', {
      code: 'NEW',
      name: 'New customers',
      customers: ['c-1', 'c-2'],
    })
    const cards = await api.ask('checker', 'GET', `/v1/card-groups?q=${encodeURIComponent('白金')}`)
    expect(cards.body).toMatchObject({ groups: [{ code: 'VIP', name: '白金卡', bins: 2, members: 0 }] })
    const customers = await api.ask('checker', 'GET', '/v1/customer-groups')
    expect(customers.body).toMatchObject({ groups: [{ code: 'NEW', members: 2 }] })
    expect((await api.ask('checker', 'GET', '/v1/customer-groups?q=nobody')).body).toEqual({ groups: [] })
    expect(linesOf((await api.ask('checker', 'GET', '/v1/card-groups?format=csv')).text)).toHaveLength(2)
  })
})

describe('views', () => {
  const view = { name: '待复核', page: 'campaigns', state: { state: 'not_approved', columns: ['code', 'name'] } }
  const put = (who: 'maker' | 'checker', code: string, body: unknown) =>
    api.ask(who, 'PUT', `/v1/me/views/${code}`, body)
  const list = async (who: 'maker' | 'checker', query = '') =>
    (await api.ask(who, 'GET', `/v1/me/views${query}`)).body.views as { code: string; mine: boolean }[]

  test('one’s own are seen by nobody else, shared ones by everybody, and changed by their owner', async () => {
    const made = await put('maker', 'waiting', view)
    expect(made).toMatchObject({ status: 200, body: { ...view, shared: false, mine: true } })
    expect((await put('maker', 'waiting', view)).body).toEqual(made.body)
    expect(await list('checker')).toEqual([])
    await put('maker', 'all', { ...view, shared: true })
    expect(await list('checker')).toMatchObject([{ code: 'all', mine: false }])
    // The same name of another owner is another view.
    await put('checker', 'all', { ...view, page: 'cases' })
    expect((await list('checker')).map(({ code, mine }) => [code, mine])).toEqual([
      ['all', true],
      ['all', false],
    ])
    expect(await list('checker', '?page=cases')).toMatchObject([{ code: 'all', mine: true }])
    await api.ask('checker', 'POST', '/v1/me/views/all/remove')
    await api.ask('checker', 'POST', '/v1/me/views/all/remove')
    expect((await list('maker')).map(({ code }) => code)).toEqual(['all', 'waiting'])
  })

  test('what is too long, a card number and another page’s name are refused', async () => {
    const states = [
      { q: cardNumber(7) },
      { 'bad key': 1 },
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`k${i}`, 'x'.repeat(500)])),
    ]
    for (const state of states) expect(await put('maker', 'bad', { ...view, state })).toMatchObject({ status: 400 })
    expect(await put('maker', 'bad', { ...view, page: '../x' })).toMatchObject({ status: 400 })
    expect((await list('maker')).map(({ code }) => code)).not.toContain('bad')
  })
})
