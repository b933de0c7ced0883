import { payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const HOOK = 'https://core.example/hooks'

describe('where a client pays, and how much it holds', () => {
  const bounds = { merchants: ['M1', 'M1'], merchantGroups: ['CHAIN'], openHoldsMax: 2 }
  const stored = async (code: string) => (await api.ask('maker', 'GET', `/v1/clients/${code}`)).body
  const path = (code: string) => `/v1/clients/${code}`

  test('a new client comes with its bounds; one person changes none of them afterwards, and none are taken off', async () => {
    const made = await api.ask('maker', 'PUT', path('bound'), { name: 'A', ...bounds })
    expect(made).toMatchObject({ status: 200, body: { ...bounds, merchants: ['M1'] } })
    expect((await api.ask('maker', 'PUT', path('bound'), { name: 'B', ...bounds })).status).toBe(200)
    const wider = await api.ask('maker', 'PUT', path('bound'), { name: 'C' })
    expect(wider.status).toBe(202)
    expect(wider.body['proposal']).toMatchObject({
      kind: 'client',
      changes: expect.arrayContaining([
        { path: 'merchants', field: { en: 'Merchants', zh: '商户' }, before: 'M1', after: null },
        { path: 'openHoldsMax', field: { en: 'Open holds at most', zh: '占用笔数上限' }, before: '2', after: null },
      ]),
    })
    expect(await stored('bound')).toMatchObject({ name: 'B', openHoldsMax: 2 })
    const { id, hash } = wider.body['proposal'] as { id: number; hash: string }
    expect((await api.ask('maker', 'POST', `/v1/proposals/${id}/approve`, { hash })).status).toBe(403)
    expect((await api.ask('admin2', 'POST', `/v1/proposals/${id}/approve`, { hash })).status).toBe(200)
    expect(await stored('bound')).toEqual({ code: 'bound', name: 'C', hasWebhookSecret: false, mayOmitPaid: false, serialsMayLookLikeCards: false }) // prettier-ignore
    const { body } = await api.ask('maker', 'GET', '/v1/clients?limit=500')
    expect(body['clients']).toEqual(expect.arrayContaining([expect.objectContaining({ code: 'bound' })]))
  })

  test('bounds change beside a webhook, whose secret stays as it is', async () => {
    const { body } = await api.approved('maker', 'PUT', path('bound-hook'), { name: 'A', webhookUrl: HOOK })
    expect(body['webhookSecret']).toMatch(/^whsec_/)
    const before = await stored('bound-hook')
    await api.approved('maker', 'PUT', path('bound-hook'), { name: 'A', webhookUrl: HOOK, ...bounds })
    expect(await stored('bound-hook')).toEqual({ ...before, ...bounds, merchants: ['M1'] })
    // And a new secret leaves the bounds as they are.
    await api.approved('maker', 'POST', `${path('bound-hook')}/webhook-secret`, { serial: 'R1' })
    expect(await stored('bound-hook')).toMatchObject({ ...bounds, merchants: ['M1'] })
  })

  test.each([
    { merchants: [] },
    { merchants: ['not a code'] },
    { merchants: Array.from({ length: 201 }, (_, i) => `M${i}`) },
    { merchantGroups: [] },
    { openHoldsMax: 0 },
    { openHoldsMax: 1.5 },
  ])('%j is no bound', async (wrong) => {
    expect((await api.ask('maker', 'PUT', path('wrong'), { name: 'A', ...wrong })).status).toBe(400)
  })

  test('a payment at another merchant is 403 at each door of payments, and results are taken', async () => {
    await api.approved('maker', 'PUT', path('system'), { name: 'system', merchants: ['M1'] })
    const until = async (merchant: string, code: string | undefined) => {
      for (;;) {
        const { body } = await api.ask('system', 'POST', '/v1/transactions', payment(`W${Math.random()}`, { merchant }))
        if (body['code'] === code) return
      }
    }
    await until('M2', 'merchant_not_allowed')
    const at = (serial: string, merchant: string) => payment(serial, { merchant })
    const refused = { status: 403, body: { code: 'merchant_not_allowed', retryable: false } }
    expect(await api.ask('system', 'POST', '/v1/transactions', at('W1', 'M2'))).toMatchObject(refused)
    expect(await api.ask('system', 'POST', '/v1/transactions', at('W1', 'M1'))).toMatchObject({ status: 200 })
    const route = { serial: 'W2', merchant: 'M2', amount: 100, method: 'wechat', type: 'qr' }
    expect(await api.ask('system', 'POST', '/v1/routes', route)).toMatchObject(refused)
    const pay = { ...at('W3', 'M2'), currency: 'CNY', type: 'qr' }
    expect(await api.ask('system', 'POST', '/v1/payments', pay)).toMatchObject(refused)
    expect((await api.ask('system', 'POST', '/v1/transactions/W1/result', { outcome: 'failure' })).status).toBe(200)
    await api.approved('maker', 'PUT', path('system'), { name: 'system' })
    await until('M2', undefined)
  })
})
