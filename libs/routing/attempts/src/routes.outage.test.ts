import type { Admission, BatchView } from '@lijian/admission'
import { brokenInvariants } from '@lijian/verification'
import { Cable } from '@lijian/testing'
import { Routes } from './routes'
import { CAMPAIGN, dayKey, routing, Stage, type Process } from './testing/stage'

let stage: Stage
let cable: Cable
let process: Process
afterEach(async () => {
  cable.mend()
  cable.thaw()
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
  await cable.close()
})

async function open(document: ReturnType<typeof routing>): Promise<void> {
  stage = await Stage.open(document)
  cable = await Cable.to(stage.url)
  process = await stage.process({ databaseUrl: cable.url })
}
const ask = (serial: string, deadlineMs: number) => stage.ask(serial, 100, {}, { deadlineMs })
const eventually = async (holds: () => Promise<boolean>) => {
  for (const until = Date.now() + 20_000; !(await holds());) {
    if (Date.now() > until) throw new Error('not in time')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const rows = async () =>
  (await stage.sql.query<{ serial: string; state: string }>('SELECT serial, state FROM route ORDER BY serial')).rows

test('PostgreSQL away: never a MID with an unreserved counter', async () => {
  await open(routing([{ dailyAmount: 1000 }, { dailyCount: 5 }]))
  cable.cut()
  const answer = await process.routes.route(ask('A', 5000))
  expect(answer).toEqual({ serial: 'A', amount: 100, route: null, reasons: [{ reason: 'unavailable' }] })
  await expect(process.routes.result(stage.result('A', 'MID-1', 'success'))).rejects.toMatchObject({
    code: 'unavailable',
  })
  const paid = await process.payments.pay({
    query: {
      client: 'T',
      bodyHash: 'p',
      door: 'http',
      receivedAtMs: stage.nowMs,
      deadlineMs: 5000,
      request: { serial: 'P', merchant: 'M1', amount: 100, currency: 'CNY', paymentMethod: 'wechat' },
    },
    route: { type: 'qr' },
  })
  expect(paid).toMatchObject({ route: null, reasons: [{ reason: 'unavailable' }], offer: { state: 'no_offer' } })
})

test('a MID without counters on itself, its channel and its pool is given at once, and written down when PostgreSQL is back', async () => {
  await open(routing([{ dailyAmount: 1000 }, {}]))
  cable.cut()
  const answer = await process.routes.route(ask('A', 5000))
  expect(answer).toMatchObject({ route: { mid: 'MID-2' } })
  cable.mend()
  // As a transaction system does: the same again while it is unavailable. It never hears that nobody knows this payment.
  const told = new Set<string>()
  const succeed = () => process.routes.result(stage.result('A', 'MID-2', 'success'))
  await eventually(() =>
    succeed().then(
      () => true,
      ({ code }: { code: string }) => {
        told.add(code)
        return false
      },
    ),
  )
  expect([...told].filter((code) => code !== 'unavailable')).toEqual([])
  expect(await succeed()).toMatchObject({ state: 'succeeded' })
  expect((await process.routes.read('T', 'A', true)).explanation).toMatchObject([
    { mid: 'MID-2', verdict: 'same', refusals: [{ mid: 'MID-1', reason: 'limit_exhausted' }] },
  ])
})

test('a result that was looked for just before its route was written down does not hear that nobody knows it', async () => {
  await open(routing([{ dailyAmount: 1000 }, {}]))
  // The real admission, whose refusals arrive when the test lets them: after what was asked later.
  let letRefusal = () => {}
  const refusal = new Promise<void>((resolve) => (letRefusal = resolve))
  const run: Admission['run'] = (work) =>
    process.admission.run(work).catch(async (error: unknown) => {
      await refusal
      throw error
    })
  const admission = Object.create(process.admission, { run: { value: run } }) as Admission
  const routes = new Routes({
    admission,
    live: process.live,
    times: { queryDeadlineMs: 5000, holdSeconds: 900, clockSkewSeconds: Infinity },
    drawKey: Buffer.alloc(32, 7),
    merchant: () => undefined,
    now: () => stage.nowMs,
  })
  const route = routes.prepare(ask('A', 5000))!
  route.without('unavailable')
  let write = () => {}
  const mayWrite = new Promise<void>((resolve) => (write = resolve))
  route.undoBegins()
  const decide = (view: BatchView) => {
    route.undo(view, 'unavailable')
    return () => undefined
  }
  admission.undo('unavailable', async () => {
    await mayWrite
    await admission.run({ ...route.rows, decide })
    route.undoEnds()
  })
  const early = routes.result(stage.result('A', 'MID-2', 'success'))
  write()
  await eventually(async () => (await rows()).length === 1)
  // Its own word that it is written comes with the row; a turn of the event loop later it has been heard.
  await new Promise((resolve) => setTimeout(resolve, 100))
  letRefusal()
  await expect(early).rejects.toMatchObject({ code: 'unavailable' })
  expect(await routes.result(stage.result('A', 'MID-2', 'success'))).toMatchObject({ state: 'succeeded' })
})

test.each<[string, Parameters<typeof routing>[1]]>([
  ['a counter on its channel', { channel: { dailyAmount: 5000 } }],
  ['a counter on its pool', { pool: { dailyCount: 5 } }],
  ['a rule about credit and debit in its pool', { pool: { minCreditMinusDebit: -100 } }],
])('%s: not without PostgreSQL', async (_what, options) => {
  await open(routing([{}], options))
  cable.cut()
  const { route } = await process.routes.route(stage.ask('A', 100, { cardType: 'debit' }))
  expect(route).toBeNull()
})

test('too slow: the deadline answers, and what was reserved late is given back', async () => {
  await open(routing([{ dailyAmount: 1000 }]))
  // What waits for a connection is dropped when its deadline has passed: this one is on its way.
  await process.admission.warm()
  cable.freeze()
  const answer = await process.routes.route(ask('A', 100))
  expect(answer).toMatchObject({ route: null, reasons: [{ reason: 'deadline' }] })
  cable.thaw()
  await eventually(async () => {
    const [row] = await rows()
    return row?.state === 'no_route'
  })
  expect((await stage.counter(dayKey('mid/MID-1')))?.fen ?? [0, 0, 0]).toEqual([0, 0, 0])
  expect((await process.routes.route(ask('A', 20_000))).route?.mid).toBe('MID-1')
})

test('too slow, with a MID that needs no counter: given, and it stands instead of the one that was reserved late', async () => {
  await open(routing([{ dailyAmount: 1000 }, {}]))
  cable.freeze()
  expect(await process.routes.route(ask('A', 100))).toMatchObject({ route: { mid: 'MID-2' } })
  cable.thaw()
  // Dropped before it was decided, the late one never had a counter.
  const late = async () => (await stage.counter(dayKey('mid/MID-1')))?.fen[0] ?? 0
  await eventually(async () => (await rows()).length === 1 && (await late()) === 0)
  expect((await process.routes.read('T', 'A', false)).attempts).toMatchObject([{ mid: 'MID-2', state: 'reserved' }])
  expect(await process.routes.route(ask('A', 20_000))).toMatchObject({ route: { mid: 'MID-2' } })
})

test('offer and route: what was told with a MID without counters is told again, and nothing more is held', async () => {
  stage = await Stage.open(routing([{ dailyAmount: 1000 }, {}]), [CAMPAIGN])
  cable = await Cable.to(stage.url)
  process = await stage.process({ databaseUrl: cable.url })
  const paid = () =>
    process.payments.pay({
      query: {
        client: 'T',
        bodyHash: 'p',
        door: 'http',
        receivedAtMs: stage.nowMs,
        deadlineMs: 5000,
        request: { serial: 'P', merchant: 'M1', amount: 10_000, currency: 'CNY', paymentMethod: 'wechat' },
      },
      route: { type: 'qr' },
    })
  cable.cut()
  const first = await paid()
  expect(first).toMatchObject({
    amount: 10_000,
    route: { mid: 'MID-2' },
    offer: { state: 'no_offer', payable: 10_000 },
  })
  cable.mend()
  await eventually(async () => (await rows()).length === 1)
  expect(await paid()).toEqual(first)
})
