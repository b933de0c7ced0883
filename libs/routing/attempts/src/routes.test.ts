import { merchantMethodRef, routeRef } from '@lijian/contracts/routing'
import { suspendRef } from '@lijian/approvals'
import { brokenInvariants } from '@lijian/verification'
import { dayKey, NOON_MS, routing, Stage, type Process } from './testing/stage'

let stage: Stage
let one: Process
let other: Process
beforeAll(async () => {
  stage = await Stage.open(routing([{ dailyAmount: 10_000 }, { dailyAmount: 10_000, secretRef: 'ch-a/mid-2' }]))
  one = await stage.process()
  other = await stage.process()
})
afterEach(async () => expect(await brokenInvariants(stage.sql)).toEqual({}))
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.sql.query('TRUNCATE route, route_outcome, route_pool_health, counter, suspension')
  for (const { admission } of [one, other]) admission.memory.forget()
  await stage.refresh()
})
const fen = async (mid: string) => (await stage.counter(dayKey(`mid/${mid}`)))?.fen

test('a route reserves its counters; a success captures them, a failure gives them back', async () => {
  const answer = await one.routes.route(stage.ask('A', 3000))
  expect(answer).toEqual({
    serial: 'A',
    amount: 3000,
    route: { mid: 'MID-1', channel: 'CH-A', pool: 'P-A', costEstimate: 0 },
    holdExpiresAt: new Date(NOON_MS + 900_000).toISOString(),
  })
  expect(await fen('MID-1')).toEqual([3000, 0, 0])
  expect(await other.routes.result(stage.result('A', 'MID-1', 'success', { upstreamSerial: 'U1' }))).toMatchObject({
    state: 'succeeded',
    attempts: [{ mid: 'MID-1', state: 'succeeded', upstreamSerial: 'U1' }],
  })
  expect(await fen('MID-1')).toEqual([0, 3000, 0])
  await one.routes.route(stage.ask('B', 3000))
  expect(await one.routes.result(stage.result('B', 'MID-1', 'declined'))).toMatchObject({ state: 'failed' })
  expect(await fen('MID-1')).toEqual([0, 3000, 0])
})

test('limits are spent to the last payment that fits, then the next MID; then nobody, with reasons', async () => {
  for (const [serial, amount, mid] of [
    ...[['A', 9999, 'MID-1'] as const, ['B', 2, 'MID-2'] as const, ['C', 1, 'MID-1'] as const],
    ...[['D', 9998, 'MID-2'] as const],
  ])
    expect((await one.routes.route(stage.ask(serial, amount))).route?.mid).toBe(mid)
  const refused = await other.routes.route(stage.ask('E', 1, {}, { explain: true }))
  expect(refused).toMatchObject({
    route: null,
    reasons: [1, 2].map((n) => ({
      pool: 'P-A',
      mid: `MID-${n}`,
      reason: 'limit_exhausted',
      of: 'mid',
      limit: 10_000,
      taken: 10_000,
      held: 10_000,
      measure: 'amount',
    })),
  })
  expect((await one.routes.read('T', 'E', true)).explanation).toMatchObject([{ mid: null, verdict: 'same' }])
})

test('a process that last saw a MID full learns that room was given back elsewhere before it refuses or goes on to the next', async () => {
  await one.routes.route(stage.ask('A', 10_000))
  await one.routes.route(stage.ask('B', 10_000))
  expect((await other.routes.route(stage.ask('C', 1))).route).toBeNull()
  await one.routes.result(stage.result('B', 'MID-2', 'declined'))
  expect((await other.routes.route(stage.ask('D', 1))).route?.mid).toBe('MID-2')
  await one.routes.result(stage.result('A', 'MID-1', 'declined'))
  expect((await other.routes.route(stage.ask('E', 1))).route?.mid).toBe('MID-1')
})

test('the same again is the same answer through any process; another body is refused; a longer exclude is the next attempt', async () => {
  const first = await one.routes.route(stage.ask('A', 3000))
  expect(await other.routes.route(stage.ask('A', 3000))).toEqual(first)
  await expect(other.routes.route(stage.ask('A', 3001))).rejects.toMatchObject({ code: 'serial_reused' })
  const second = await other.routes.route(stage.ask('A', 3000, { exclude: ['MID-1'] }))
  expect(second.route).toEqual({ mid: 'MID-2', channel: 'CH-A', pool: 'P-A', secretRef: 'ch-a/mid-2', costEstimate: 0 })
  expect(await one.routes.route(stage.ask('A', 3000))).toEqual(first)
  expect(await one.routes.route(stage.ask('A', 3000, { exclude: ['MID-1'] }))).toEqual(second)
  await expect(one.routes.route(stage.ask('A', 3000, { exclude: ['MID-9'] }))).rejects.toMatchObject({
    code: 'serial_reused',
  })
  // Both stay reserved: nobody has said that the first has failed.
  expect([await fen('MID-1'), await fen('MID-2')]).toEqual([
    [3000, 0, 0],
    [3000, 0, 0],
  ])
  // What was given is never given again, also where the caller does not exclude it.
  expect(await one.routes.route(stage.ask('A', 3000, { exclude: ['MID-1', 'X'] }))).toMatchObject({ route: null })
  await one.routes.result(stage.result('A', 'MID-2', 'success'))
  await expect(one.routes.route(stage.ask('A', 3000, { exclude: ['MID-1', 'MID-2'] }))).rejects.toMatchObject({
    code: 'result_conflict',
  })
})

test('attempts stand for themselves: both succeeded, both count; a success after its failure is over; a failure after a success is refused', async () => {
  await one.routes.route(stage.ask('A', 3000))
  await one.routes.result(stage.result('A', 'MID-1', 'timeout'))
  expect(await fen('MID-1')).toEqual([3000, 0, 0])
  await one.routes.route(stage.ask('A', 3000, { exclude: ['MID-1'] }))
  await one.routes.result(stage.result('A', 'MID-2', 'success'))
  await one.routes.result(stage.result('A', 'MID-1', 'success'))
  expect([await fen('MID-1'), await fen('MID-2')]).toEqual([
    [0, 3000, 0],
    [0, 3000, 0],
  ])
  await one.routes.route(stage.ask('B', 4000))
  await one.routes.result(stage.result('B', 'MID-1', 'channel_error'))
  const late = await other.routes.result(stage.result('B', 'MID-1', 'success'))
  expect(late).toMatchObject({ state: 'succeeded' })
  expect(await fen('MID-1')).toEqual([0, 3000, 4000])
  expect(await one.routes.result(stage.result('B', 'MID-1', 'success'))).toEqual(late)
  await expect(one.routes.result(stage.result('B', 'MID-1', 'declined'))).rejects.toMatchObject({
    code: 'result_conflict',
  })
  await expect(one.routes.result(stage.result('B', 'MID-2', 'success'))).rejects.toMatchObject({
    code: 'result_conflict',
  })
  await expect(one.routes.result(stage.result('Z', 'MID-2', 'success'))).rejects.toMatchObject({ code: 'not_found' })
  await one.routes.route(stage.ask('N', 1, { method: 'nobody' }))
  await expect(one.routes.result(stage.result('N', 'MID-2', 'success'))).rejects.toMatchObject({
    code: 'result_conflict',
  })
})

test('a reservation ends by its time; a success after it is over, blocks more, and may pass the limit', async () => {
  await one.routes.route(stage.ask('A', 9000))
  stage.nowMs += 899_999
  expect(await other.routes.expireDue(10)).toBe(0)
  stage.nowMs += 1
  expect(await other.routes.expireDue(10)).toBe(1)
  expect(await other.routes.expireDue(10)).toBe(0)
  expect(await one.routes.read('T', 'A', false)).toMatchObject({ state: 'expired' })
  await one.routes.route(stage.ask('B', 8000))
  await one.routes.result(stage.result('A', 'MID-1', 'success'))
  expect(await fen('MID-1')).toEqual([8000, 0, 9000])
  expect((await other.routes.route(stage.ask('C', 1))).route?.mid).toBe('MID-2')
  stage.nowMs = NOON_MS
})

test('a suspension acts on the next payment of every process, and so does that of a merchant’s method', async () => {
  await one.routes.route(stage.ask('A', 1))
  await suspendRef(stage.sql, routeRef('mids', 'MID-1'), 'p')
  expect((await other.routes.route(stage.ask('B', 1))).route?.mid).toBe('MID-2')
  await suspendRef(stage.sql, routeRef('channels', 'CH-A'), 'p')
  const refused = await one.routes.route(stage.ask('C', 1, {}, { explain: true }))
  expect(refused).toMatchObject({ route: null, reasons: [{ reason: 'suspended', of: 'channel' }, {}] })
  expect((await one.routes.read('T', 'C', true)).explanation).toMatchObject([{ mid: null, verdict: 'same' }])
  await stage.sql.query('DELETE FROM suspension')
  await suspendRef(stage.sql, merchantMethodRef('M1', 'wechat'), 'p')
  const stopped = await stage.process()
  expect(await stopped.routes.route(stage.ask('D', 1))).toMatchObject({
    route: null,
    reasons: [{ reason: 'suspended', of: 'merchant' }],
  })
})

test('without a document, or a way for the payment: no_route', async () => {
  expect(await one.routes.route(stage.ask('A', 1, { method: 'alipay' }))).toMatchObject({
    route: null,
    reasons: [{ reason: 'no_route' }],
  })
})

test('a refusal has its reasons without being asked: each of a pool once, with a MID for it; explained, every MID has its own', async () => {
  const mids = [{ dailyCount: 1 }, { dailyCount: 1 }, { industry: '5812' }, { industry: '5814' }]
  await stage.put(routing(mids))
  for (const serial of ['A', 'B']) await one.routes.route(stage.ask(serial, 1))
  const short = { pool: 'P-A', reason: 'limit_exhausted', of: 'mid', measure: 'count', limit: 1, taken: 1, held: 1 }
  const told = await other.routes.route(stage.ask('C', 1))
  expect(told.reasons).toEqual([
    expect.objectContaining({ mid: 'MID-3', reason: 'industry' }),
    { ...short, mid: 'MID-1' },
  ])
  const explained = await other.routes.route(stage.ask('D', 1, {}, { explain: true }))
  expect(explained.reasons?.map(({ mid }) => mid).sort()).toEqual(['MID-1', 'MID-2', 'MID-3', 'MID-4'])
  const paid = await one.payments.pay({
    query: {
      client: 'T',
      bodyHash: 'p',
      door: 'http',
      receivedAtMs: stage.nowMs,
      deadlineMs: 20_000,
      request: { serial: 'P', merchant: 'M1', amount: 1, currency: 'CNY', paymentMethod: 'wechat' },
    },
    route: { type: 'qr' },
  })
  expect(paid).toMatchObject({ route: null, reasons: [{ reason: 'industry' }, { reason: 'limit_exhausted' }] })
  expect((await one.routes.read('T', 'C', true)).explanation).toMatchObject([{ mid: null, verdict: 'same' }])
})
