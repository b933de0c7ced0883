import { CapacitySweep } from '@lijian/capacity'
import { Pool } from 'pg'
import { sharedPool } from './testing/agreed'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let pool: Pool
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url, max: 1 })
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const document = {
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'CH-A' }, { code: 'CH-B', dailyCount: 1000 }],
  mids: [
    {
      code: 'MID-1',
      channel: 'CH-A',
      dailyAmount: 50_000,
      allowedMerchants: ['M1'],
      industry: '5812',
      region: '440300',
    },
    { code: 'MID-2', channel: 'CH-A', allowedMerchants: ['M2', 'M9'] },
    { code: 'MID-3', channel: 'CH-B', dailyAmount: 80_000, serviceHours: [['08:00', '20:00']] },
  ],
  pools: [
    { code: 'P-A', mids: ['MID-1', 'MID-2'] },
    { code: 'P-S', mids: ['MID-3'], shared: { approvedBy: '', reference: '' }, dailyAmount: 60_000 },
  ],
  merchants: [
    { merchant: 'M2', routes: [{ method: 'qr', type: 'scan', pools: ['P-A'] }] },
    {
      merchant: 'M1',
      routes: [
        { method: 'qr', type: 'scan', pools: ['P-A', 'P-S'] },
        { method: 'app', type: 'pay', pools: ['P-S'] },
      ],
    },
  ],
}
const get = (path: string, who: 'maker' | 'checker' | 'finance' | 'system' = 'maker') =>
  api.ask(who, 'GET', `/v1/routing/${path}`)

test('without a document there is nothing to tell of', async () => {
  for (const path of ['capacity', 'drill?channel=CH-A', 'compliance'])
    expect(await get(path)).toMatchObject({
      status: 404,
      body: { code: 'not_found', detail: 'No routing document is stored' },
    })
  Object.assign(document.pools[1]!.shared!, await sharedPool(api, 'P-S'))
  expect((await api.agreed('maker', 'PUT', '/v1/routing', document)).body).toMatchObject({ version: 1 })
  const changed = { ...document, name: undefined, channels: [{ code: 'CH-A', dailyCount: 500 }, document.channels[1]] }
  expect((await api.agreed('checker', 'PUT', '/v1/routing', changed)).body).toMatchObject({ version: 2 })
  for (const [id, more] of [
    ['M1', { mcc: '5411', region: '310000' }],
    ['M2', {}],
  ] as const)
    expect((await api.ask('maker', 'PUT', `/v1/merchants/${id}`, { id, name: id, ...more })).status).toBe(200)
})

test('capacity: as it stands now, told once a worker has looked, page by page', async () => {
  expect((await get('capacity')).body).toMatchObject({ toldAt: null, limits: [] })
  await new CapacitySweep(pool).sweep()
  const routed = await api.ask('system', 'POST', '/v1/routes', {
    serial: 'R1',
    merchant: 'M1',
    method: 'app',
    type: 'pay',
    amount: 59_400,
    at: new Date().toISOString(),
  })
  const isOpen = routed.body['route'] !== null
  const all = (await get('capacity')).body as {
    limits: { part: string; code: string; measure: string; held: number }[]
  }
  expect(all.limits.map(({ part, code, measure }) => `${part} ${code} ${measure}`).sort()).toEqual([
    'channels CH-A count',
    'channels CH-B count',
    'mids MID-1 amount',
    'mids MID-3 amount',
    'pools P-S amount',
  ])
  // At night its only MID is closed.
  expect(all.limits.find(({ code }) => code === 'P-S')!.held).toBe(isOpen ? 59_400 : 0)
  const page = (await get('capacity?limit=2')).body as { limits: unknown[]; next: string }
  const rest = await get(`capacity?limit=3&after=${encodeURIComponent(page.next)}`)
  expect([...page.limits, ...(rest.body['limits'] as unknown[])]).toEqual(all.limits)
  expect(rest.body['next']).toBeUndefined()
  expect((await get('capacity?part=channels&code=CH-B')).body['limits']).toMatchObject([{ code: 'CH-B', limit: 1000 }])
  expect((await get('capacity?code=NOBODY')).body['limits']).toEqual([])
})

test('drill: who cannot pay at which hours; what is suspended beside the document counts', async () => {
  const answer = await get('drill?channel=CH-A')
  expect(answer.body).toEqual({
    version: 2,
    channel: 'CH-A',
    looked: 2,
    merchants: [
      {
        merchant: 'M1',
        routes: [
          {
            method: 'qr',
            type: 'scan',
            gaps: [
              ['00:00', '08:00'],
              ['20:00', '24:00'],
            ],
          },
        ],
      },
      { merchant: 'M2', routes: [{ method: 'qr', type: 'scan', gaps: [['00:00', '24:00']] }] },
    ],
  })
  const page = (await get('drill?channel=CH-A&limit=1')).body
  expect(page).toMatchObject({ merchants: [{ merchant: 'M1' }], next: 'M1' })
  const rest = (await get('drill?channel=CH-A&limit=1&after=M1')).body
  expect(rest).toMatchObject({ merchants: [{ merchant: 'M2' }] })
  expect(rest['next']).toBeUndefined()
  expect((await get('drill?channel=CH-B')).body['merchants']).toMatchObject([
    { merchant: 'M1', routes: [{ method: 'app', gaps: [['08:00', '20:00']] }] },
  ])
  await api.ask('maker', 'POST', '/v1/routing/mids/MID-1/suspend')
  expect((await get('drill?channel=CH-A')).body['merchants']).toMatchObject([{ merchant: 'M2' }])
  const unknown = await get('drill?channel=CH-Z')
  expect(unknown).toMatchObject({ status: 404, body: { code: 'not_found' } })
  expect(unknown.body['detail']).toBe('The routing document has no channel CH-Z; it has CH-A, CH-B')
})

test('compliance: approvals, users, mismatches, concentration and who changed what', async () => {
  const report = (await get('compliance', 'finance')).body
  expect(report).toMatchObject({
    version: 2,
    sharedPools: { total: 1, items: [{ pool: 'P-S', ...document.pools[1]!.shared, sharedMids: 1, merchants: 1 }] },
    sharedUse: { total: 1, items: [{ pool: 'P-S', merchant: 'M1' }] },
    mismatches: {
      items: [
        { mid: 'MID-1', merchant: 'M1', what: 'industry', ofMid: '5812', ofMerchant: '5411' },
        { mid: 'MID-1', merchant: 'M1', what: 'region', ofMid: '440300', ofMerchant: '310000' },
      ],
    },
    unknownMerchants: 1,
    versions: { total: 2, items: [{ version: 2 }, { version: 1, maker: expect.any(String) as string }] },
  })
  const { items } = report['concentration'] as { items: { mid: string; amount: number | null }[] }
  expect(items.find(({ mid }) => mid === 'MID-2')).toEqual({
    mid: 'MID-2',
    channel: 'CH-A',
    merchants: 1,
    amount: null,
    sharePpm: null,
  })
  const second = (await get('compliance?list=mismatches&after=1&limit=1')).body
  expect(second).toMatchObject({ mismatches: { total: 2, items: [{ what: 'region' }] } })
  expect(second['versions']).toBeUndefined()
  const versions = (await get('compliance?list=versions&limit=1')).body
  expect(versions).toMatchObject({ versions: { items: [{ version: 2 }], next: '1' } })
  expect((await get('compliance?list=versions&limit=1&after=1')).body['versions']).toEqual({
    total: 2,
    items: [expect.objectContaining({ version: 1 })],
  })
})

test('what nobody said before is refused, with what to do; a till may not ask', async () => {
  for (const path of [
    'capacity?after=MID-1',
    'compliance?after=1',
    'compliance?list=all',
    'drill',
    'capacity?day=today',
  ])
    expect({ path, status: (await get(path)).status }).toEqual({ path, status: 400 })
  expect((await get('compliance?after=1')).body['errors']).toEqual([
    expect.objectContaining({ path: 'after', message: 'expected "list" beside it', messageZh: '应为同时给出 "list"' }),
  ])
  for (const path of ['capacity', 'drill?channel=CH-A', 'compliance'])
    expect((await get(path, 'system')).status).toBe(403)
})

test('concentration: the days before count as they ended, today as it stands', async () => {
  const [today] = (await pool.query<{ day: string }>('SELECT day::text FROM route_capacity_run')).rows
  await pool.query(`DELETE FROM route_capacity_run`)
  for (const [back, fen] of [
    [1, 300],
    [28, 700],
    [29, 9999],
  ] as const)
    await pool.query(
      `INSERT INTO route_curve (day, ref, minutes, fen, counts) VALUES ($1::date - $2::integer, '@route/mid/MID-1', '{600,1440}', ARRAY[1, $3]::bigint[], '{1,2}')`,
      [today!.day, back, fen],
    )
  await pool.query('UPDATE route_capacity SET day = day - 1')
  await pool.query(
    `INSERT INTO counter (key, limit_version, used_fen) VALUES ('@route/mid/MID-1|' || $1, 1, 5) ON CONFLICT (key) DO UPDATE SET used_fen = 5`,
    [today!.day],
  )
  await new CapacitySweep(pool).sweep()
  const { items } = (await get('compliance?list=concentration')).body['concentration'] as {
    items: { mid: string; amount: number | null }[]
  }
  expect(items.find(({ mid }) => mid === 'MID-1')!.amount).toBe(1005)
})
