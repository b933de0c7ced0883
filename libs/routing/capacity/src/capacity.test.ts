import { brokenInvariants } from '@lijian/verification'
import { Pool } from 'pg'
import { Capacity, capacityFigures } from './capacity-list'
import { CapacitySweep } from './capacity-sweep'
import { routing, Stage, type Process } from '@lijian/attempts/testing/stage'

/** Amounts of a day are about 500 × 100 yuan; today's level is 1.25 of it. */
const POOL_LIMIT = 4_600_000
const MID_LIMIT = 1_500_000
const document = (change: object = {}) =>
  routing([{ dailyAmount: MID_LIMIT }, { dailyCount: 10_000 }, {}], { pool: { dailyAmount: POOL_LIMIT }, ...change })

let stage: Stage
let one: Process
let pool: Pool
let capacity: Capacity
let sweeper: CapacitySweep
beforeAll(async () => {
  stage = await Stage.open(document())
  one = await stage.process()
  pool = new Pool({ connectionString: stage.url, max: 2 })
  const now = () => stage.nowMs
  capacity = new Capacity(pool, one.live, now)
  sweeper = new CapacitySweep(pool, now)
})
afterAll(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await pool.end()
  await stage.close()
})

const at = (date: string, minute: number) => Date.parse(`${date}T00:00:00+08:00`) + minute * 60_000
const list = (query: object = {}) => capacity.list({ limit: 50, ...query })
const first = async (code: string) => (await list({ code })).limits[0]!

/** mulberry32: the same days at every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Quiet from 7 to 22, busy around noon and at dinner. */
const busy = (minute: number): number =>
  minute < 420 || minute >= 1320
    ? 0
    : 0.3 + Math.exp(-(((minute - 740) / 60) ** 2)) + 1.6 * Math.exp(-(((minute - 1120) / 80) ** 2))
const ALL = Array.from({ length: 1440 }, (_, minute) => busy(minute)).reduce((sum, one) => sum + one)

/** What each MID and the pool carried before each minute, as the answers said. */
const carried = new Map<string, { atMinute: number; fen: number }[]>()
let serials = 0

/** Payments of a day from minute to minute through the real door, each reported as a success; workers look every quarter of an hour. */
async function play(date: string, level: number, draw: () => number, from: number, to: number): Promise<void> {
  for (let minute = from; minute < to; minute++) {
    stage.nowMs = at(date, minute)
    const expected = (500 * level * busy(minute)) / ALL
    const count = Math.floor(expected) + (draw() < expected % 1 ? 1 : 0)
    await Promise.all(
      Array.from({ length: count }, async () => {
        const serial = `S${++serials}`
        const amount = 5000 + Math.floor(draw() * 10_000)
        const { route } = await one.routes.route(stage.ask(serial, amount))
        if (route === null) return
        for (const code of [route.mid, route.pool]) {
          const key = `${date} ${code}`
          carried.set(key, [...(carried.get(key) ?? []), { atMinute: minute, fen: amount }])
        }
        await one.routes.result(stage.result(serial, route.mid, 'success'))
      }),
    )
    if (minute % 15 === 14) {
      stage.nowMs = at(date, minute + 1) - 1000
      await sweeper.sweep()
    }
  }
}

/** The minute in which 99 % of a limit had been given away, by the answers alone. */
function reallyFull(date: string, code: string, limit: number): number {
  let sum = 0
  return carried.get(`${date} ${code}`)!.find(({ fen }) => (sum += fen) >= limit * 0.99)!.atMinute
}

test('the first day: nothing to go by but today’s pace, and it says so; then earlier Wednesdays', async () => {
  stage.nowMs = at('2026-11-04', 1)
  expect(await list()).toEqual({ day: '2026-11-04', timeZone: 'Asia/Shanghai', toldAt: null, limits: [] })
  const draw = random(1)
  await play('2026-11-04', 0.9, draw, 420, 600)
  const told = await first('P-A')
  expect(told).toMatchObject({ basis: { from: 'pace', days: 0 }, held: 0, over: 0 })
  expect(told.message).toMatch(/^P-A .*\(no history: at the pace of today so far\)$/)
  await play('2026-11-04', 0.9, draw, 600, 1320)
  await play('2026-11-11', 1.05, random(2), 420, 1320)
  await play('2026-11-18', 1, random(3), 420, 1320)
})

test('what is kept of a day is what was carried by each look, and the whole of it', async () => {
  // The first sweep of the day after looks at the day before once more.
  stage.nowMs = at('2026-11-25', 0)
  await sweeper.sweep()
  const { rows } = await stage.sql.query<{ minutes: number[]; fen: number[] }>(
    `SELECT minutes, fen::float8[] FROM route_curve WHERE ref = '@route/pool/P-A' AND day = '2026-11-18'`,
  )
  const payments = carried.get('2026-11-18 P-A')!
  const { minutes, fen } = rows[0]!
  expect(minutes.length).toBeGreaterThan(50)
  for (const [i, minute] of minutes.entries())
    expect(fen[i]).toBe(payments.filter(({ atMinute }) => atMinute <= minute).reduce((sum, one) => sum + one.fen, 0))
})

test('told at 10:00, 12:00, 14:00 and 17:00, it comes true: neither sooner nor later than the error that is stated', async () => {
  const draw = random(4)
  const told: Record<string, { pool: number; mid: number | null }> = {}
  let played = 420
  for (const minute of [600, 720, 840, 1020]) {
    await play('2026-11-25', 1.25, draw, played, minute)
    played = minute
    const [byPool, byMid] = [await first('P-A'), await first('MID-1')]
    expect(byPool.basis).toEqual({ from: 'same_weekday', days: 3 })
    const minuteOf = (text: string | null) => (text === null ? null : (Date.parse(text) - at('2026-11-25', 0)) / 60_000)
    told[minute] = { pool: minuteOf(byPool.exhaustsAt)!, mid: minuteOf(byMid.exhaustsAt) }
    expect(byPool.message).toMatch(/^P-A exhausts at \d\d:\d\d \(as the last 3 Wednesdays went\)$/)
    expect(byPool.messageZh).toMatch(/^P-A 预计 \d\d:\d\d 用尽\(按前 3 个周三的走势\)$/)
    expect(byPool.exhaustsAt).toMatch(/^2026-11-25T\d\d:\d\d:00\+08:00$/)
  }
  await play('2026-11-25', 1.25, draw, played, 1320)
  const real = { pool: reallyFull('2026-11-25', 'P-A', POOL_LIMIT), mid: reallyFull('2026-11-25', 'MID-1', MID_LIMIT) }
  const errors = {
    poolAt12: told[720]!.pool - real.pool,
    poolAt14: told[840]!.pool - real.pool,
    poolAt17: told[1020]!.pool - real.pool,
    midAt10: told[600]!.mid! - real.mid,
    midAt12: told[720]!.mid! - real.mid,
  }
  // In minutes. At 10:00 some 60 payments are known: enough for noon, not for the evening.
  const bounds = { poolAt12: 30, poolAt14: 25, poolAt17: 12, midAt10: 40, midAt12: 10 }
  for (const [name, bound] of Object.entries(bounds)) {
    const error = errors[name as keyof typeof errors]
    expect({ name, error, within: -bound <= error && error <= bound }).toEqual({ name, error, within: true })
  }
  // Now it is full, since when it really was (as closely as a worker looks).
  const full = await first('P-A')
  expect(full.message).toMatch(/^P-A has been full since \d\d:\d\d$/)
  const since = (Date.parse(full.exhaustsAt!) - at('2026-11-25', 0)) / 60_000
  expect(since).toBeGreaterThanOrEqual(real.pool)
  expect(since).toBeLessThan(real.pool + 15)
})

test('what is used up first stands first, page by page; parts and codes; what stands on counters is as of now', async () => {
  const all = (await list()).limits
  expect(all.map(({ code, measure }) => `${code} ${measure}`)).toEqual(['MID-1 amount', 'P-A amount', 'MID-2 count'])
  const paged: unknown[] = []
  for (let after: string | undefined, more = true; more;) {
    const page = await list({ limit: 1, ...(after === undefined ? {} : { after }) })
    expect(page.limits).toHaveLength(1)
    paged.push(...page.limits)
    after = page.next
    more = after !== undefined
  }
  expect(paged).toEqual(all)
  expect((await list({ part: 'pools' })).limits.map(({ code }) => code)).toEqual(['P-A'])
  expect((await list({ part: 'channels' })).limits).toEqual([])
  const mid = all[2]!
  expect(mid).toMatchObject({ part: 'mids', limit: 10_000, exhaustsAt: null, sharePpm: Math.floor(mid.used * 100) })
  await stage.sql.query(`UPDATE counter SET over_count = 7 WHERE key = '@route/mid/MID-2|2026-11-25'`)
  expect(await first('MID-2')).toMatchObject({ used: mid.used, over: 7, sharePpm: (mid.used + 7) * 100 })
  await stage.sql.query(`UPDATE counter SET over_count = 0 WHERE key = '@route/mid/MID-2|2026-11-25'`)
})

test('metrics show channels and pools, and MIDs that are nearly or soon full', async () => {
  const { toldAt, figures } = await capacityFigures(pool, stage.nowMs)
  expect(toldAt?.getTime()).toBe(stage.nowMs)
  expect(figures.map(({ part, code, measure }) => [part, code, measure])).toEqual([
    ['mids', 'MID-1', 'amount'],
    ['pools', 'P-A', 'amount'],
  ])
})

test('several workers at once: one of them does it, and again only a minute later', async () => {
  stage.nowMs += 60_000
  const workers = Array.from({ length: 4 }, () => new CapacitySweep(pool, () => stage.nowMs))
  const done = (await Promise.all(workers.map((worker) => worker.sweep()))).filter((one) => one !== undefined)
  expect(done).toMatchObject([{ limits: 3 }])
  expect(await sweeper.sweep()).toBeUndefined()
})

test('a new version is told within a minute: limits that are gone leave, a raised one is not full any more', async () => {
  const { limit: before } = await first('P-A')
  await stage.put(routing([{ dailyAmount: MID_LIMIT }, {}, {}], { pool: { dailyAmount: 2 * before } }))
  await sweeper.sweep()
  expect((await list()).limits.map(({ code, exhaustsAt }) => [code, exhaustsAt === null])).toEqual([
    ['MID-1', false],
    ['P-A', true],
  ])
})

test('after midnight, before anybody has looked: nothing is told of today; then it is, on the curves of its own weekday', async () => {
  stage.nowMs = at('2026-11-26', 0)
  expect(await first('P-A')).toMatchObject({
    held: 0,
    used: 0,
    exhaustsAt: null,
    expected: null,
    basis: null,
    message: 'P-A: nothing is told of today yet',
  })
  await sweeper.sweep()
  expect(await first('P-A')).toMatchObject({ basis: { from: 'pace', days: 0 }, expected: 0 })
  // A month later nobody needs the first days any more.
  stage.nowMs = at('2026-12-16', 0)
  await sweeper.sweep()
  const { rows } = await stage.sql.query<{ day: string }>('SELECT DISTINCT day FROM route_curve ORDER BY day')
  expect(rows.map(({ day }) => day)).toEqual(['2026-11-18', '2026-11-25'])
  expect((await first('P-A')).basis).toEqual({ from: 'same_weekday', days: 2 })
})

test('what has not changed gets no look; once it changes, it grew since the last one and not since its own', async () => {
  const date = '2026-12-17'
  const pay = async (minute: number, amount: number) => {
    stage.nowMs = at(date, minute)
    const { route } = await one.routes.route(stage.ask(`S${++serials}`, amount))
    expect(route?.mid).toBe('MID-1')
  }
  const sweepAt = async (...minutes: number[]) => {
    for (const minute of minutes) {
      stage.nowMs = at(date, minute)
      await sweeper.sweep()
    }
  }
  await sweepAt(0, 535)
  await pay(540, 100)
  await sweepAt(545, 560, 575, 590)
  await pay(600, 200)
  await sweepAt(605)
  // Nobody looks for a while.
  await pay(650, 400)
  await sweepAt(700)
  const { rows } = await stage.sql.query(
    `SELECT minutes, fen::float8[], counts::float8[] FROM route_curve WHERE ref = '@route/mid/MID-1' AND day = $1`,
    [date],
  )
  expect(rows).toEqual([{ minutes: [535, 545, 590, 605, 700], fen: [0, 100, 100, 300, 700], counts: [0, 1, 1, 2, 3] }])
})
