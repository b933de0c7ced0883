import { campaign, merchant } from './testing/documents'
import { everyPlace } from './testing/every-place'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
})
afterAll(() => api.stop())

/** What every object of JavaScript has, whether somebody wrote it there or not. */
const NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty']

test.each(NAMES)('%s is a name like any other, wherever it stands', async (name) => {
  const wrong: string[] = []
  const places = everyPlace(name)
  const ask = async ({ place, who, method, path, body }: (typeof places)[number]) => {
    const { status, text } = await api.ask(who, method, path, body)
    if (status >= 500 || /native code|\[object/.test(text)) wrong.push(`${place}: ${status} ${text.slice(0, 200)}`)
  }
  for (let i = 0; i < places.length; i += 8) await Promise.all(places.slice(i, i + 8).map(ask))
  expect(wrong).toEqual([])
})

test('a payment method and a scheme of such a name get what any other gets', async () => {
  await api.ask('maker', 'PUT', '/v1/merchants/M0002', { ...merchant, id: 'M0002', fees: { default: { ppm: 6000 } } })
  const rule = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] } }
  await api.ask('maker', 'PUT', '/v1/campaigns/NAMES', campaign({ code: 'NAMES' }, { rule, merchants: ['M0002'] }))
  await api.ask('checker', 'POST', '/v1/campaigns/NAMES/approve')
  const pay = (serial: string, paymentMethod: string) =>
    api.ask('system', 'POST', '/v1/transactions?explain=true', {
      serial,
      merchant: 'M0002',
      amount: 10_000,
      paymentMethod,
      scheme: paymentMethod,
    })
  const usual = await pay('N0', 'other')
  expect(usual.body).toMatchObject({ state: 'held', discount: 1_500 })
  for (const [i, name] of ['constructor', 'valueof'].entries()) {
    const { status, body } = await pay(`N${i + 1}`, name)
    expect([status, body.state, body.fee, body.discount]).toEqual([200, usual.body.state, usual.body.fee, usual.body.discount]) // prettier-ignore
    const holds = (answer: typeof body) => typeof answer.holdExpiresAt
    expect(holds(body)).toBe(holds(usual.body))
    expect((await api.ask('system', 'GET', `/v1/transactions/N${i + 1}`)).status).toBe(200)
  }
})
