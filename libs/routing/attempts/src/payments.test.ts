import { Client } from 'pg'
import { suspendRef } from '@lijian/approvals'
import { brokenInvariants } from '@lijian/verification'
import type { Campaign } from '@lijian/contracts/marketing'
import { dayKey, routing, Stage, type Process } from './testing/stage'

const campaign: Campaign = {
  code: 'CCB',
  name: '满100减15',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  budget: { amount: 3000 },
  offers: [
    {
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount',
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
    } as Campaign['offers'][number],
  ],
}

let stage: Stage
let one: Process
let other: Process
beforeEach(async () => {
  stage = await Stage.open(routing([{ dailyAmount: 20_000 }, { dailyAmount: 9000 }]), [campaign])
  one = await stage.process()
  other = await stage.process()
})
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

function ask(serial: string, amount: number, exclude: string[] = [], more: object = {}) {
  const query = {
    client: 'T',
    bodyHash: `${serial} ${amount}`,
    door: 'http' as const,
    receivedAtMs: stage.nowMs,
    deadlineMs: 20_000,
    request: { serial, merchant: 'M1', amount, currency: 'CNY', paymentMethod: 'wechat' },
    ...more,
  }
  return { query, route: { type: 'qr', exclude } }
}
const fen = async (key: string) => (await stage.counter(key))?.fen
const BUDGET = 'CCB#budget||total'

test('the payable is routed, both are held by one batch, and the same again is the same answer', async () => {
  const query = jest.spyOn(Client.prototype, 'query')
  const answer = await one.payments.pay(ask('A', 10_000))
  expect(answer).toMatchObject({
    serial: 'A',
    amount: 8500,
    route: { mid: 'MID-1' },
    offer: { state: 'held', amount: 10_000, discount: 1500, payable: 8500 },
  })
  const batches = query.mock.calls.filter(([asked]) => (asked as { name?: string }).name === 'apply')
  query.mockRestore()
  expect(batches).toHaveLength(1)
  expect([await fen(dayKey('mid/MID-1')), await fen(BUDGET)]).toEqual([
    [8500, 0, 0],
    [1500, 0, 0],
  ])
  expect(await other.payments.pay(ask('A', 10_000))).toEqual(answer)
  await expect(other.payments.pay(ask('A', 10_001))).rejects.toMatchObject({ code: 'serial_reused' })
})

test('without an offer the gross amount is routed; a retry is told so again, whatever room there is by then', async () => {
  await one.payments.pay(ask('A', 10_000))
  await one.payments.pay(ask('B', 10_000))
  const none = await one.payments.pay(ask('C', 10_000))
  expect(none).toMatchObject({ amount: 10_000, offer: { state: 'no_offer', payable: 10_000 }, route: null })
  // 3000 fit MID-1 still; the budget is spent.
  const small = await one.payments.pay(ask('D', 3000))
  expect(small).toMatchObject({ amount: 3000, offer: { state: 'no_offer' }, route: { mid: 'MID-1' } })
  const spent = await one.payments.pay(ask('E', 10_000, [], { bodyHash: 'e' }))
  expect(spent).toMatchObject({ route: null })
  await stage.sql.query(`UPDATE counter SET limit_fen = limit_fen + 100000 WHERE key = '${BUDGET}'`)
  expect(await other.payments.pay(ask('D', 3000))).toEqual(small)
})

test('no route: nothing is held, of the offer neither', async () => {
  await suspendRef(stage.sql, '@route/pool/P-A', 'p')
  const answer = await one.payments.pay(ask('A', 10_000, [], { explain: true }))
  expect(answer).toMatchObject({
    amount: 10_000,
    route: null,
    reasons: [{ pool: 'P-A', reason: 'suspended' }],
    offer: { state: 'no_offer', discount: 0, payable: 10_000 },
  })
  const { rows } = await stage.sql.query('SELECT FROM counter WHERE held_fen + held_count > 0')
  expect(rows).toEqual([])
  expect((await stage.sql.query('SELECT FROM marketing_transaction')).rowCount).toBe(0)
  // What was refused may come again, and is decided anew.
  await stage.sql.query('DELETE FROM suspension')
  await stage.refresh()
  const again = await other.payments.pay(ask('A', 10_000))
  expect(again).toMatchObject({ amount: 8500, offer: { state: 'held' }, route: { mid: 'MID-1' } })
})

test('the last of the budget decides whether the net or the gross amount is routed, for many at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, n) => [one, other][n % 2]!.payments.pay(ask(`P${n}`, 10_000))),
  )
  const held = answers.filter(({ offer }) => offer.state === 'held')
  for (const { offer, amount, route } of answers)
    expect([route === null, amount]).toEqual([route === null, offer.state === 'held' ? 8500 : 10_000])
  for (const { route } of held) expect(route).not.toBeNull()
  // 20,000 and 9,000 of room: two net payments on MID-1 and one on MID-2, or one of each kind there; the budget is for two.
  expect(held.length).toBe(2)
  expect(await fen(BUDGET)).toEqual([3000, 0, 0])
})

test('the next attempt keeps the offer; results of both come apart', async () => {
  await one.payments.pay(ask('A', 10_000))
  await one.routes.result(stage.result('A', 'MID-1', 'channel_error'))
  const second = await other.payments.pay(ask('A', 10_000, ['MID-1']))
  expect(second).toMatchObject({ amount: 8500, offer: { state: 'held' }, route: { mid: 'MID-2' } })
  expect([await fen(dayKey('mid/MID-1')), await fen(dayKey('mid/MID-2')), await fen(BUDGET)]).toEqual([
    [0, 0, 0],
    [8500, 0, 0],
    [1500, 0, 0],
  ])
})

test.each(['cancelled', 'expired', 'reversed', 'confirmed'] as const)(
  'once the offer is %s no next attempt is sent at the net amount; what was answered stays told',
  async (state) => {
    const of = { client: 'T', bodyHash: 'r', door: 'http' as const }
    const first = await one.payments.pay(ask('A', 10_000))
    await one.routes.result(stage.result('A', 'MID-1', 'channel_error'))
    if (state === 'expired') {
      stage.nowMs += 900_001
      await one.offers.expire('T', 'A')
    } else if (state === 'reversed')
      await one.offers.reverse({ ...of, originalSerial: 'A', serial: 'AR', kind: 'reversal' })
    else
      await one.offers.result({
        ...of,
        serial: 'A',
        request: { outcome: state === 'confirmed' ? 'success' : 'failure' },
      })
    await expect(other.payments.pay(ask('A', 10_000, ['MID-1']))).rejects.toMatchObject({
      code: 'result_conflict',
      extra: { state },
    })
    expect(await fen(dayKey('mid/MID-2'))).toBeUndefined()
    expect(await other.payments.pay(ask('A', 10_000))).toEqual(first)
  },
)

test('a pool that was passed over does not make the answer to the same question another one', async () => {
  const document = routing([{}])
  document.pools.push({ ...document.pools[0]!, code: 'P-B' })
  document.merchants[0]!.routes[0]!.pools = ['P-A', 'P-B']
  await stage.put(document)
  await suspendRef(stage.sql, '@route/pool/P-A', 'p')
  const answer = await one.payments.pay(ask('A', 10_000))
  expect(answer).toMatchObject({ route: { pool: 'P-B' } })
  expect(await other.payments.pay(ask('A', 10_000))).toEqual(answer)
  const explained = await one.payments.pay(ask('B', 10_000, [], { explain: true }))
  expect(explained).toMatchObject({
    route: { pool: 'P-B' },
    reasons: [{ pool: 'P-A', reason: 'suspended', of: 'pool' }],
  })
})
