import { routeBody } from '@lijian/contracts/routing'
import { CounterBook } from '@lijian/limits'
import { compileRouting, selectRoute, type RoutePayment } from '@lijian/selection'
import { Held, mixes } from '../http/mixes'
import { Random } from '../data/random'
import { agree, passing } from './check'
import { midFilters, routingDocument } from './document'
import { engines } from './engines'
import { document } from './http'
import { DAY, MERCHANTS, paymentOf } from './payments'
import { EVEN, fitting, largestFitFen, MIXED, roomAtStart, scarce, starts, type Room } from './scarce'
import { selectionBody } from './selection'
import { compare } from './spend'

const NOON_MS = Date.parse(`${DAY}T12:00:00+08:00`)
const drawKey = Buffer.alloc(32, 1)
const compiled = compileRouting(routingDocument({ merchants: MERCHANTS, midDailyFen: 100_000_000 }), 1)
const some = Array.from({ length: 60 }, (_, n) => paymentOf(n))

test.each(Object.entries(engines(midFilters())))('%s lets the same MIDs pass as Lijian', async (name, filter) => {
  expect(new Set(some.map((payment) => passing(compiled, payment).length)).size).toBeGreaterThan(5)
  await agree(name, filter, compiled, some)
  const forgetful = async (facts: Parameters<typeof filter>[0]) => (await filter(facts)).slice(1)
  await expect(agree(name, forgetful, compiled, some)).rejects.toThrow('lets others pass')
})

test('routes of the load generator take six counters each, a card never seen before', () => {
  const routing = compileRouting(document(), 1)
  const next = mixes.route({ run: 't', key: 'k', held: new Held() })
  const cards = new Set<string>()
  for (let n = 0; n < 300; n++) {
    const { text } = next()!
    const { amount, ...body } = routeBody.parse(JSON.parse(text.slice(text.indexOf('\r\n\r\n') + 4)))
    const facts = { industry: '5812', region: '440305', client: 'bench', amountFen: amount, atMs: NOON_MS }
    const { route } = selectRoute(routing, { ...body, ...facts }, { counters: new CounterBook(), drawKey })
    expect(route?.charges).toHaveLength(6)
    cards.add(body.cardToken!)
  }
  expect(cards.size).toBe(300)
})

test('a result names the MID that was given', () => {
  const held = new Held()
  held.add({ serial: 'S1', mid: 'MID-7' })
  const next = mixes.routeSuccess({ run: 't', key: 'k', held })
  expect(next()!.text).toMatch(/^POST \/v1\/routes\/S1\/result [\s\S]*{"mid":"MID-7","outcome":"success"}$/)
  expect(next()).toBeUndefined()
})

/** Payments one after the other on counters at 95 %, as many as there are; what fitted, what was refused, and what is left. */
function spent(name: typeof EVEN | typeof MIXED, sizes: readonly number[]) {
  const plan = scarce(name)
  const routing = compileRouting(plan, 1)
  const counters = new CounterBook()
  for (const { owner, usedFen, usedCount } of starts(plan)) counters.move(`${owner}|${DAY}`, { usedFen, usedCount })
  const refused: number[] = []
  const given = new Map<string, Room>()
  for (const [n, amountFen] of sizes.entries()) {
    const payment: RoutePayment = {
      client: 'T',
      serial: `S${n}`,
      merchant: name.merchant,
      method: 'wechat',
      type: 'qr',
      amountFen,
      atMs: NOON_MS,
    }
    const { route } = selectRoute(routing, payment, { counters, drawKey })
    if (route === undefined) refused.push(amountFen)
    for (const { key, fen, count } of route?.charges ?? []) {
      const owner = key.slice(0, key.indexOf('|'))
      const before = given.get(owner) ?? { fen: 0, count: 0 }
      given.set(owner, { fen: before.fen + fen, count: before.count + count })
    }
  }
  const left = new Map(
    [...roomAtStart(starts(plan))].map(([owner, { fen, count }]) => {
      const taken = given.get(owner) ?? { fen: 0, count: 0 }
      return [owner, { fen: fen - taken.fen, count: count - taken.count }] as const
    }),
  )
  return { plan, refused, given, left }
}

test('as many payments of one size fit as was worked out, and not one more', () => {
  const fit = fitting(scarce(EVEN), roomAtStart(starts(scarce(EVEN))), EVEN.sizeFen)
  expect(fit).toBeGreaterThan(10_000)
  const { refused, plan, left } = spent(
    EVEN,
    Array.from({ length: fit + 1 }, () => EVEN.sizeFen),
  )
  expect(refused).toEqual([EVEN.sizeFen])
  expect(fitting(plan, left, EVEN.sizeFen)).toBe(0)
  expect(largestFitFen(plan, left)).toBeLessThan(EVEN.sizeFen)
})

test('of payments of any size none is refused that still fits at the end', () => {
  const random = new Random(1)
  const sizes = Array.from({ length: 20_000 }, () => random.int(1, MIXED.mostFen))
  const { refused, plan, left } = spent(MIXED, sizes)
  expect(refused.length).toBeGreaterThan(1_000)
  expect(Math.min(...refused)).toBeGreaterThan(largestFitFen(plan, left))
})

test('a limit that was passed and a counter that says something else are found', () => {
  const start = { owner: 'a', limitFen: 100, limitCount: 2, usedFen: 95, usedCount: 1 }
  const all = [start, { ...start, owner: 'b' }, { ...start, owner: 'c', limitCount: null }]
  const given = new Map([
    ['a', { fen: 5, count: 1 }],
    ['b', { fen: 7, count: 3 }],
  ])
  const right = new Map([
    ['a', { fen: 0, count: 0 }],
    ['b', { fen: -2, count: -2 }],
    ['c', { fen: 5, count: Infinity }],
  ])
  expect(compare(all, given, right)).toEqual({ overFen: 2, overCount: 2, wrong: [] })
  const other = new Map(right).set('a', { fen: 1, count: 0 })
  other.delete('c')
  expect(compare(all, given, other).wrong).toEqual(['a', 'c'])
})

test('goals are about empty and 95 %, and the better peer', () => {
  const line = (name: string, p50Ns: number, p99Ns: number, routed: number) => ({
    name,
    p50Ns,
    p99Ns,
    routed,
    bytes: 100,
  })
  const body = selectionBody(
    [
      line('Lijian, empty', 2_000, 9_000, 10),
      line('Lijian, 95 %', 4_000, 60_000, 10),
      line('Lijian, nearly full', 40_000, 90_000, 5),
      line('slow, the hard filters', 900_000, 1, NaN),
      line('quick, the hard filters', 36_000, 1, NaN),
    ],
    1_000,
  )
  expect(body).toContain('p50 4 (goal ≤ 5: met) µs, p99 60 (goal ≤ 50: missed) µs')
  expect(body).toContain('against the better peer (quick): 9 (goal ≥ 10: missed) × as fast')
})
