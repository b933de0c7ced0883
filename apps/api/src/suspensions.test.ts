import { aboutOffersOf, campaign, payment } from './testing/documents'
import { testApi, type TestApi, type Who } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

async function live(code: string): Promise<void> {
  await api.ask(
    'maker',
    'PUT',
    `/v1/campaigns/${code}`,
    campaign({ code }, { code: `${code}-FOOD`, merchants: [code] }),
  )
  await api.ask('checker', 'POST', `/v1/campaigns/${code}/approve`)
}
const act = (who: Who, path: string) => api.ask(who, 'POST', `/v1/campaigns/${path}`)
const pay = async (serial: string, merchant: string) =>
  aboutOffersOf(
    merchant,
    (await api.ask('system', 'POST', '/v1/transactions?explain=true', payment(serial, { merchant }))).body,
  )

test.each`
  what          | code    | path
  ${'campaign'} | ${'S1'} | ${'S1'}
  ${'offer'}    | ${'S2'} | ${'S2/offers/S2-FOOD'}
`('a $what is stopped by one person for the next payment, and goes on by two', async ({ code, path }) => {
  await live(code)
  expect(await pay(`${code}-1`, code)).toMatchObject({ state: 'held' })

  const ref = path === code ? code : `${code}/${code}-FOOD`
  expect(await act('maker', `${path}/suspend`)).toMatchObject({ status: 200, body: { ref, state: 'suspended' } })
  expect(await pay(`${code}-2`, code)).toMatchObject({
    state: 'no_offer',
    payable: 10_000,
    reasons: [{ offer: `${code}-FOOD`, reason: 'suspended' }],
  })
  expect((await api.ask('maker', 'GET', `/v1/campaigns/${code}`)).body).toMatchObject({
    suspensions: [{ ref, state: 'suspended' }],
  })

  expect(await act('maker', `${path}/resume`)).toMatchObject({ body: { state: 'resume_requested' } })
  expect(await act('maker', `${path}/resume`)).toMatchObject({ body: { state: 'resume_requested' } })
  expect(await pay(`${code}-3`, code)).toMatchObject({ state: 'no_offer' })

  expect(await act('checker', `${path}/resume`)).toMatchObject({ body: { ref, state: 'active' } })
  expect(await pay(`${code}-4`, code)).toMatchObject({ state: 'held' })
  expect((await api.ask('maker', 'GET', `/v1/campaigns/${code}`)).body).toMatchObject({ suspensions: [] })
})

test('suspending again withdraws the wish to resume', async () => {
  await live('S3')
  await act('maker', 'S3/suspend')
  await act('maker', 'S3/resume')
  expect(await act('checker', 'S3/suspend')).toMatchObject({ body: { state: 'suspended' } })
  expect(await act('checker', 'S3/resume')).toMatchObject({ body: { state: 'resume_requested' } })
})

test('a suspended campaign still confirms what it has held', async () => {
  await live('S4')
  await pay('S4-1', 'S4')
  await act('maker', 'S4/suspend')
  const result = await api.ask('system', 'POST', '/v1/transactions/S4-1/result', { outcome: 'success', paid: 8500 })
  expect(result.body).toMatchObject({ state: 'confirmed', payable: 8_500 })
})

test.each`
  _case                      | path                     | status
  ${'what is not suspended'} | ${'S5/resume'}           | ${409}
  ${'no such campaign'}      | ${'NONE/suspend'}        | ${404}
  ${'no such offer'}         | ${'S5/offers/X/suspend'} | ${404}
`('$_case: $status', async ({ path, status }) => {
  await live('S5')
  expect((await act('maker', path)).status).toBe(status)
})
