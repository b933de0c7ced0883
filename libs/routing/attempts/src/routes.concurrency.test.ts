import { brokenInvariants } from '@lijian/verification'
import type { RouteFailure } from '@lijian/contracts/routing'
import { DAY, dayKey, routing, Stage, type Process } from './testing/stage'

/** Small and repeatable (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

let stage: Stage
let processes: Process[]
afterEach(() => stage.close())

async function open(document: ReturnType<typeof routing>): Promise<void> {
  stage = await Stage.open(document)
  // Small batches: many meet.
  processes = [await stage.process({ batchMax: 8 }), await stage.process({ batchMax: 8 })]
}

/** `count` callers at once, each one payment after the other until its list is done. */
const callers = (count: number, work: (caller: number) => Promise<void>) =>
  Promise.all(Array.from({ length: count }, (_, caller) => work(caller)))

async function overshoot(): Promise<unknown[]> {
  const { rows } = await stage.sql.query(
    'SELECT key FROM counter WHERE held_fen + used_fen + over_fen > limit_fen OR held_count + used_count + over_count > limit_count',
  )
  return rows
}

test('limits are spent to the last payment that fits by 64 callers on two processes; overshoot 0, and nobody is refused before', async () => {
  const mids = Array.from({ length: 6 }, (_, i) => ({ dailyAmount: 1000 + i * 100, cardDailyCount: 40 }))
  const room = mids.reduce((sum, { dailyAmount }) => sum + dailyAmount, 0)
  await open(routing(mids, { pool: { order: 'random' }, channel: { dailyAmount: room - 50 } }))
  let [given, refused] = [0, 0]
  await callers(64, async (caller) => {
    for (let n = 0; n < 120; n++) {
      const answer = await processes[caller % 2]!.routes.route(
        stage.ask(`${caller}-${n}`, 1, { cardToken: `card-${n}` }),
      )
      if (answer.route === null) refused++
      else given++
    }
  })
  // One fen each: every fen of the channel's limit is spent, the first refusal came when nothing was left.
  expect({ given, refused }).toEqual({ given: room - 50, refused: 64 * 120 - (room - 50) })
  expect((await stage.counter(dayKey('channel/CH-A')))?.fen).toEqual([room - 50, 0, 0])
  expect(await overshoot()).toEqual([])
  expect(await brokenInvariants(stage.sql)).toEqual({})
}, 300_000)

test('room that is given back is there for the next, whatever a process last saw: 64 places, 64 callers, nobody is ever refused', async () => {
  await open(routing([{ dailyCount: 40 }, { dailyAmount: 24 }], { pool: { order: 'random' } }))
  let refused = 0
  await callers(64, async (caller) => {
    for (let n = 0; n < 25; n++) {
      const serial = `${caller}-${n}`
      const { route } = await processes[(caller + n) % 2]!.routes.route(stage.ask(serial, 1))
      if (route === null) refused++
      else await processes[(caller >> 1) % 2]!.routes.result(stage.result(serial, route.mid, 'declined'))
    }
  })
  expect(refused).toBe(0)
  expect(await overshoot()).toEqual([])
  expect(await brokenInvariants(stage.sql)).toEqual({})
}, 300_000)

test('random failures, timeouts, retries and late results: no counter past its limit, none refused while a candidate had room, books agree', async () => {
  const mids = [
    ...[{ dailyAmount: 60_000 }, { dailyCount: 25 }, { dailyAmount: 90_000, perTransaction: { max: 3000 } }],
    ...[
      { dailyAmount: 40_000, cardDailyCount: 2 },
      { dailyAmount: 70_000, dailyCount: 60 },
    ],
  ]
  const pool = { maxCreditPpm: 600_000, ratioFrom: 20_000, minSuccess: { ppm: 500_000, window: 50, minSamples: 20 } }
  await open(
    routing(mids, { pool: { order: 'random', dailyAmount: 220_000, ...pool }, channel: { cardDailyCount: 9 } }),
  )
  const random = randomOf(20261125)
  const failures: (RouteFailure | undefined)[] = ['declined', 'channel_error', 'timeout', undefined]
  let [given, refused, retried] = [0, 0, 0]
  await callers(64, async (caller) => {
    const { routes } = processes[caller % 2]!
    for (let n = 0; n < 10; n++) {
      const serial = `${caller}-${n}`
      const card = {
        cardType: random() < 0.5 ? ('credit' as const) : ('debit' as const),
        cardToken: random() < 0.7 ? `card-${Math.floor(random() * 60)}` : undefined,
      }
      const amount = 1 + Math.floor(random() * 4000)
      const exclude: string[] = []
      for (;;) {
        const { route } = await routes.route(stage.ask(serial, amount, { ...card, exclude: [...exclude] }))
        if (route === null) {
          refused++
          break
        }
        given++
        const dice = random()
        if (dice < 0.5) {
          await processes[(caller + n) % 2]!.routes.result(stage.result(serial, route.mid, 'success'))
          break
        }
        if (dice < 0.6) break
        const failure = failures[Math.floor(random() * failures.length)]
        await processes[(caller + n + 1) % 2]!.routes.result({
          client: 'T',
          serial,
          request: { mid: route.mid, outcome: 'failure', ...(failure && { failure }) },
        })
        if (random() < 0.4) break
        exclude.push(route.mid)
        retried++
      }
    }
  })
  expect(given).toBeGreaterThan(100)
  expect(refused).toBeGreaterThan(50)
  expect(retried).toBeGreaterThan(20)
  expect(await overshoot()).toEqual([])
  expect(await brokenInvariants(stage.sql)).toEqual({})
  // What each decision found on its counters explains it: made again it comes out the same.
  const { rows } = await stage.sql.query<{ serial: string }>('SELECT serial FROM route ORDER BY serial')
  const verdicts = new Set<string>()
  for (const { serial } of rows)
    for (const { verdict } of (await processes[0]!.routes.read('T', serial, true)).explanation!) verdicts.add(verdict)
  expect([...verdicts]).toEqual(['same'])
  stage.nowMs += 86_400_000
  while ((await processes[1]!.routes.expireDue(100)) > 0);
  expect(await brokenInvariants(stage.sql)).toEqual({})
  const { rows: held } = await stage.sql.query('SELECT FROM counter WHERE held_fen + held_count > 0')
  expect(held).toEqual([])
}, 300_000)

test('many callers with one serial are one attempt, on both processes', async () => {
  await open(routing([{ dailyAmount: 10_000 }, { dailyAmount: 10_000 }], { pool: { order: 'random' } }))
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, n) => processes[n % 2]!.routes.route(stage.ask('SAME', 700))),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  const { rows } = await stage.sql.query<{ held: number }>(
    `SELECT sum(held_fen)::int AS held FROM counter WHERE key LIKE '@route/mid/%|${DAY}'`,
  )
  expect(rows[0]!.held).toBe(700)
  expect(await brokenInvariants(stage.sql)).toEqual({})
})

test('a refusal names the first counter that is full, also one that this process has never seen: the card comes before the day', async () => {
  await open(routing([{ dailyAmount: 1000, cardDailyCount: 1 }]))
  const [here, there] = processes as [Process, Process]
  expect((await there.routes.route(stage.ask('A', 400, { cardToken: 'ct_1' }))).route?.mid).toBe('MID-1')
  expect((await here.routes.route(stage.ask('B', 600, { cardToken: 'ct_2' }))).route?.mid).toBe('MID-1')
  // It knows that the day is full, and nothing of this card.
  expect(await here.routes.route(stage.ask('C', 100, { cardToken: 'ct_3' }))).toMatchObject({
    reasons: [{ reason: 'limit_exhausted', of: 'mid' }],
  })
  const answer = await here.routes.route(stage.ask('D', 100, { cardToken: 'ct_1' }))
  expect(answer).toMatchObject({ route: null, reasons: [{ reason: 'card_limit_exhausted', of: 'mid', taken: 1 }] })
  expect(await here.routes.route(stage.ask('E', 100, { cardToken: 'ct_1' }, { explain: true }))).toMatchObject({
    reasons: answer.reasons!,
  })
})
