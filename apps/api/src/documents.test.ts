import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const merchant = { id: 'M1', name: 'Noodle house', fees: { default: { ppm: 6000 }, debit: { ppm: 5000, max: 2000 } } }
const putMerchant = (document: unknown) => api.ask('maker', 'PUT', '/v1/merchants/M1', document)
const putGroup = (document: unknown) => api.ask('maker', 'PUT', '/v1/card-groups/G1', document)

test('a merchant is stored as sent, replaced by the next PUT, and its fees count at once', async () => {
  await putMerchant({ ...merchant, name: 'Noodles' })
  expect((await putMerchant(merchant)).body).toEqual({ ...merchant, status: 'active' })
  expect((await api.ask('checker', 'GET', '/v1/merchants/M1')).body).toEqual({ ...merchant, status: 'active' })
  const body = { serial: 'D1', merchant: 'M1', amount: 10_000, paymentMethod: 'qr' }
  expect((await api.ask('system', 'POST', '/v1/transactions', body)).body).toMatchObject({
    state: 'no_offer',
    payable: 10_000,
    fee: { original: 60, final: 60, saved: 0 },
  })
})

test.each`
  _case                            | changed                                              | paths
  ${'a key nobody knows'}          | ${{ colour: 'red' }}                                 | ${['colour']}
  ${'fees upside down'}            | ${{ fees: { default: { ppm: 1, min: 2, max: 1 } } }} | ${['fees.default.min']}
  ${'two faults: both are listed'} | ${{ mcc: '58', country: 'China' }}                   | ${['mcc', 'country']}
  ${'another merchant’s document'} | ${{ id: 'M2' }}                                      | ${['id']}
`('$_case is refused with its path', async ({ changed, paths }) => {
  const answer = await putMerchant({ ...merchant, ...(changed as object) })
  expect(answer).toMatchObject({ status: 422, body: { code: 'invalid_document' } })
  expect((answer.body.errors as { path: string }[]).map(({ path }) => path)).toEqual(paths)
})

const pan = '6222021234567890128'
const wrong = '6222021234567890129'

test('card numbers become tokens: the group counts them and shows none', async () => {
  const token = 'cd_abcdefghijklmnopqrstuvwxyz'
  const answer = await putGroup({ code: 'G1', bins: ['622202', '622202'], cards: [pan, pan, token] })
  expect(answer).toMatchObject({ status: 200, body: { code: 'G1', bins: ['622202'], cardCount: 2 } })
  const read = await api.ask('checker', 'GET', '/v1/card-groups/G1')
  for (const { text } of [answer, read]) expect(text).not.toMatch(/6222021234567890128|cd_/)
})

test('a wrong card number is named by its place, without its digits', async () => {
  const answer = await putGroup({ code: 'G1', cards: [pan, wrong, `${wrong}x`, wrong] })
  expect(answer).toMatchObject({
    status: 422,
    body: {
      errors: [
        { path: 'cards[1]', message: 'fails the Luhn check' },
        { path: 'cards[3]', message: 'fails the Luhn check' },
      ],
    },
  })
  // The request id is random and may look like anything.
  expect(answer.text.replace(/"instance":"[^"]*"/, '')).not.toMatch(/[0-9]{6}/)
})

test.each(['12345', 'x'.repeat(15), '1'.repeat(20), { pan }])(
  'neither token nor card number (%#) is repeated',
  async (card) => {
    const answer = await putGroup({ code: 'G1', cards: [card] })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'cards[0]' }] } })
    expect(answer.text.replace(/"(instance|time)":("[^"]*"|[0-9]+)/g, '')).not.toMatch(/12345|xxxx|1111|622202/)
  },
)
