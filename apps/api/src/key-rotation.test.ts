import { randomBytes } from 'node:crypto'
import { cardToken } from '@lijian/privacy'
import fc from 'fast-check'
import { Client } from 'pg'
import { until } from '@lijian/testing'
import { cardNumber } from './testing/card-numbers'
import { campaign, merchant, payment } from './testing/documents'
import { lines } from './testing/groups'
import { testApi, type TestApi } from './testing/test-api'
import { send } from './testing/upload'

// Two processes over one database: one that knows the old key alone, one that has changed already.
const OLD = { id: 'old', key: randomBytes(32) }
const NEW = { id: 'new', key: randomBytes(32), from: '2020-01-01' }
const OFF = 1_500
const USES = 3

let before: TestApi
let after: TestApi
beforeAll(async () => {
  before = await testApi({ tokenKeys: [OLD] })
  after = await testApi({ tokenKeys: [OLD, NEW], databaseUrl: before.url, drawKey: before.config.drawKey })
  await before.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  const limited = (code: string, limits: object[], offer: object = {}) =>
    campaign({ code, budget: { amount: 100_000_000 } }, { code: `${code}-O`, merchants: [code], rule: { ...rule, limits }, ...offer }) // prettier-ignore
  await live(limited('CARD', [{ per: ['card'], period: 'year', count: USES }]))
  await live(limited('SUMS', [{ per: ['card', 'customer'], period: 'year', amount: USES * OFF }]))
  await live(limited('USER', [{ per: ['user'], period: 'year', count: USES }]))
  for (const code of ['CARD', 'SUMS', 'USER']) await until(async () => (await pay(after, code, { card: { pan: anyCard() }, customer: `W${++cards}` })).state === 'held') // prettier-ignore
})
afterAll(async () => {
  await after.stop()
  await before.stop()
})

const rule = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: OFF }] } }
async function live(document: { code: string }): Promise<void> {
  for (const answer of [
    await before.ask('maker', 'PUT', `/v1/merchants/${document.code}`, { ...merchant, id: document.code }),
    await before.ask('maker', 'PUT', `/v1/campaigns/${document.code}`, document),
    await before.ask('checker', 'POST', `/v1/campaigns/${document.code}/approve`),
  ])
    expect([answer.status, answer.text]).toEqual([200, answer.text])
}

/** Keys of the API are in the database: those of the first process. */
const asSystem = (api: TestApi, path: string, body: unknown) =>
  api.ask('nobody', 'POST', path, body, { authorization: `Bearer ${before.keys.system}` })

let serials = 0
const pay = async (api: TestApi, merchantId: string, more: Record<string, unknown>, serial = `R${++serials}`) => {
  const answer = await asSystem(api, '/v1/transactions', payment(serial, { merchant: merchantId, ...more }))
  return { serial, answer, state: answer.body['state'] }
}
const finish = (api: TestApi, serial: string, outcome: 'success' | 'failure') =>
  asSystem(api, `/v1/transactions/${serial}/result`, outcome === 'success' ? { outcome, paid: 8_500 } : { outcome })

let cards = 0
const anyCard = () => cardNumber(serialsBase + ++cards)
const serialsBase = 1_000_000

/** How a payment says whose card it is, and which process it meets. */
const anyStep = fc.record({
  how: fc.constantFrom('number before', 'number after', 'old token before', 'old token after'),
  ends: fc.constantFrom('success', 'failure', 'nothing'),
})

test.each(['CARD', 'SUMS', 'USER'])(
  'a limit of %s holds over a change of the token key: never too much, never too little',
  (offer) =>
    fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 14 }), async (steps) => {
        const pan = anyCard()
        const token = { token: cardToken(OLD.key, pan), bin: pan.slice(0, 8), last4: pan.slice(-4) }
        const customer = offer === 'SUMS' ? { customer: `C-${pan.slice(0, 9)}` } : {}
        let taken = 0
        for (const { how, ends } of steps) {
          const api = how.endsWith('before') ? before : after
          // A customer has no token at this door: it comes with the number.
          const card = how.startsWith('old token') && offer !== 'SUMS' ? token : { pan }
          const { serial, state } = await pay(api, offer, { card, ...customer })
          expect({ taken, state }).toEqual({ taken, state: taken < USES ? 'held' : 'no_offer' })
          if (state !== 'held') continue
          if (ends === 'nothing') taken += 1
          else {
            expect((await finish(api === before ? after : before, serial, ends)).status).toBe(200)
            if (ends === 'success') taken += 1
          }
        }
      }),
      { numRuns: 12 },
    ),
)

test('what the old key has counted is counted by the new key alone, once all has gone through both', async () => {
  const pan = anyCard()
  for (let i = 0; i < USES; i++) expect((await pay(after, 'CARD', { card: { pan } })).state).toBe('held')
  const alone = await testApi({ tokenKeys: [NEW], databaseUrl: before.url })
  try {
    expect((await pay(alone, 'CARD', { card: { pan } })).state).toBe('no_offer')
  } finally {
    await alone.stop().catch(() => undefined)
  }
})

test('a body that is sent again on the other side of the change is the same body', async () => {
  const [pan, other] = [anyCard(), anyCard()]
  const body = { card: { pan }, customer: '张三', identities: { phone: '13800000000' } }
  for (const [first, second] of [
    [before, after],
    [after, before],
  ] as const) {
    // prettier-ignore
    const { serial, answer } = await pay(first, 'CARD', body)
    expect((await pay(second, 'CARD', body, serial)).answer.body).toEqual(answer.body)
    expect((await pay(second, 'CARD', { ...body, card: { pan: other } }, serial)).answer.status).toBe(409)
  }
})

test('members of a group are found by either key, whichever key imported them, and are taken out under both', async () => {
  const cards = [anyCard(), anyCard(), anyCard()] as [string, string, string]
  await send(before, '/v1/card-groups/ROT/imports', lines([cards[0]]))
  await send({ ...after, keys: before.keys }, '/v1/card-groups/ROT/imports?mode=add', lines([cards[1]]))
  const conditions = { cardWhitelists: ['ROT'] }
  await live(campaign({ code: 'ROT' }, { code: 'ROT-O', merchants: ['ROT'], rule: { ...rule, conditions } }) as never)
  const states = async () => {
    const found: unknown[] = []
    for (const api of [before, after])
      for (const pan of cards) found.push((await pay(api, 'ROT', { card: { pan } })).state)
    return found
  }
  const both = ['held', 'held', 'no_offer']
  await until(async () => JSON.stringify(await states()) === JSON.stringify([...both, ...both]))
  const token = (pan: string) => ({ token: cardToken(OLD.key, pan) })
  expect((await pay(after, 'ROT', { card: token(cards[1]) })).state).toBe('held')
  await send({ ...after, keys: before.keys }, '/v1/card-groups/ROT/imports?mode=remove', lines(cards))
  await until(async () => (await states()).every((state) => state === 'no_offer'))
})

test('a card that a result tells under the other key is the card that was asked about', async () => {
  const pan = anyCard()
  const { serial } = await pay(before, 'CARD', { card: { pan } })
  const answer = await asSystem(after, `/v1/transactions/${serial}/result`, { outcome: 'success', paid: 8_500, card: { pan } }) // prettier-ignore
  expect(answer.status).toBe(200)
  const db = new Client({ connectionString: before.url })
  await db.connect()
  const { rows } = await db.query<{ token: string }>(
    `SELECT record -> 'facts' ->> 'cardToken' AS token FROM marketing_transaction WHERE serial = $1`,
    [serial],
  )
  await db.end()
  expect(rows).toEqual([{ token: cardToken(OLD.key, pan) }])
})

test('a change of the key is no new draw', async () => {
  const drawn = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: { min: 1, max: 9_999 } }] } }
  const limits = [{ per: ['card'], period: 'year', count: 1 }]
  await live(campaign({ code: 'DRAW' }, { code: 'DRAW-O', merchants: ['DRAW'], rule: { ...drawn, limits } }) as never)
  await until(async () => (await pay(after, 'DRAW', { card: { pan: anyCard() } })).state === 'held')
  for (let n = 0; n < 5; n++) {
    const card = { pan: anyCard() }
    const discounts: unknown[] = []
    for (const api of [before, after, before, after]) {
      const { serial, answer } = await pay(api, 'DRAW', { card })
      discounts.push(answer.body['discount'])
      await finish(api, serial, 'failure')
    }
    expect(discounts).toEqual(Array(4).fill(discounts[0]))
    expect(discounts[0]).toBeGreaterThan(0)
  }
})

test('tokens under both keys together count as the number does', async () => {
  const pan = anyCard()
  const tokens = { token: cardToken(NEW.key, pan), earlier: [cardToken(OLD.key, pan)] }
  const forms = [[before, { pan }], [after, tokens], [before, tokens], [after, { pan }], [before, { pan }], [after, tokens]] as const // prettier-ignore
  const states: unknown[] = []
  for (const [api, card] of forms) states.push((await pay(api, 'CARD', { card })).state)
  expect(states).toEqual(['held', 'held', 'held', 'no_offer', 'no_offer', 'no_offer'])
})
