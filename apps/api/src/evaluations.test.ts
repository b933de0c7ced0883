import { evaluationAnswer } from '@lijian/contracts/marketing'
import { Client } from 'pg'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

const PAN = '6221660000010018'
const once = (off: number, changed: Record<string, unknown> = {}) =>
  campaign(changed, {
    rule: {
      conditions: { binGroups: ['CCB-CARDS'] },
      benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off }] },
      limits: [{ per: ['card'], period: 'month', count: 1 }],
    },
  })

let api: TestApi
beforeAll(async () => {
  api = await testApi({}, { breakable: true })
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/card-groups/CCB-CARDS', { code: 'CCB-CARDS', bins: ['622166'], cards: [] })
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', once(1_500))
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
})
afterAll(() => api.stop())

const evaluate = (body: object) => api.ask('checker', 'POST', '/v1/evaluations', body)
const byCard = (serial: string, changed: object = {}) => payment(serial, { card: { pan: PAN }, ...changed })

async function rows(): Promise<unknown> {
  const db = new Client({ connectionString: api.url })
  await db.connect()
  const { rows: found } = await db.query(
    `SELECT (SELECT json_agg(c ORDER BY c.key) FROM counter c) AS counters, (SELECT count(*) FROM marketing_transaction) AS payments,
            (SELECT count(*) FROM outbox) AS events, (SELECT count(*) FROM campaign_version) AS versions`,
  )
  await db.end()
  return found
}

test('the answer is what the payment then gets: the card number is the same card here and there', async () => {
  const before = await rows()
  const { status, body } = await evaluate({ payment: byCard('E1') })
  expect(status).toBe(200)
  expect(await rows()).toEqual(before)
  const { considered, ...answer } = evaluationAnswer.parse(body)
  const real = await api.ask('system', 'POST', '/v1/transactions?explain=true', byCard('E1'))
  const { marketingSerial: _m, holdExpiresAt: _h, ...decision } = real.body
  expect(answer).toEqual({ reasons: [], ...decision })
  expect(answer).toMatchObject({ state: 'held', payable: 8_500 })
  expect(considered).toMatchObject([{ offer: 'FOOD', version: 1, counters: [{ limitCount: 1, heldCount: 0 }, {}] }])
  // The card has had its use; a newer document that allows two lets it through.
  expect((await evaluate({ payment: byCard('E2') })).body).toMatchObject({
    state: 'no_offer',
    reasons: [{ offer: 'FOOD', reason: 'limit_exhausted', heldCount: 1 }],
    considered: [{ offer: 'FOOD', counters: [{ limitCount: 1, heldCount: 1 }, { heldAmount: 1_500 }] }],
  })
})

test('documents in the body and stored drafts, any year; nothing of them goes live', async () => {
  const twice = once(700)
  twice.offers[0]!.rule = { benefit: { type: 'reduce', tiers: [{ atLeast: 1, off: 700 }] } }
  const at = '2031-02-03T10:00:00+08:00'
  const tried = await evaluate({ payment: byCard('E3', { at }), campaigns: [twice] })
  expect(tried.body).toMatchObject({ state: 'held', offers: [{ version: 2, discount: 700 }] })
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', once(900))
  expect((await evaluate({ payment: byCard('E3', { at }), drafts: ['CCB'], only: true })).body).toMatchObject({
    state: 'held',
    offers: [{ code: 'FOOD', version: 2, discount: 900 }],
  })
  expect((await evaluate({ payment: byCard('E3', { at }) })).body).toMatchObject({
    offers: [{ version: 1, discount: 1_500 }],
  })
  expect((await api.ask('checker', 'GET', '/v1/campaigns/CCB')).body).toMatchObject({
    liveVersion: 1,
    latestVersion: 2,
  })
})

test.each`
  _case                         | body                                                                                                                  | status | paths
  ${'no payment'}               | ${{}}                                                                                                                 | ${400} | ${['payment']}
  ${'every fault of a payment'} | ${{ payment: { ...byCard('E4'), amount: 0, colour: 1 }, only: 1 }}                                                    | ${400} | ${['only', 'payment.amount', 'payment.colour']}
  ${'a card number that fails'} | ${{ payment: byCard('E4', { card: { pan: '6221660000010019' } }) }}                                                   | ${400} | ${['payment.card.pan']}
  ${'faults of two documents'}  | ${{ payment: byCard('E4'), campaigns: [{ ...once(1), colour: 1 }, once(2, { to: '2019-01-01' })], drafts: ['NONE'] }} | ${422} | ${['campaigns[0].colour', 'campaigns[1].to', 'drafts[0]']}
  ${'only what is not there'}   | ${{ payment: byCard('E4'), only: true }}                                                                              | ${422} | ${['only']}
`('refused with the place of every error: $_case', async ({ body, status, paths }) => {
  const answer = await evaluate(body as object)
  expect(answer.status).toBe(status)
  const errors = answer.body.errors as { path: string; messageZh: string }[]
  expect(errors.map(({ path }) => path).sort()).toEqual(paths)
  for (const { messageZh } of errors) expect(messageZh).toMatch(/[\u4e00-\u9fff]/)
})

test('with PostgreSQL away: 503, and the payment is not there to blame', async () => {
  await api.breakConnections()
  const answer = await evaluate({ payment: byCard('E5') })
  expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable', retryable: true } })
})
