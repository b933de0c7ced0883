import { BatchView } from '@lijian/admission'
import type { CounterState } from '@lijian/limits'
import type { RouteRow } from '@lijian/database'
import { compileRouting, type PoolHealth } from '@lijian/selection'
import { anyRoutePayment, anyRouting, POOLS } from '@lijian/selection/testing'
import fc from 'fast-check'
import { askedRoute } from './decide-route'
import { PreparedRoute } from './prepared-route'
import { explainRoute } from './explain-route'

const drawKey = Buffer.alloc(32, 7)
/** One for all: it has room for 50,000, and nothing here is late. */
const told = new Set<string>()
const anyHealth = fc.record(
  Object.fromEntries(
    POOLS.map((code) => [code, fc.boolean().map((out): PoolHealth => ({ out, recent: '00011', probes: '' }))]),
  ),
)
const anyState = fc.record({
  looked: fc.constantFrom('known', 'none', 'never'),
  heldFen: fc.constantFrom(0, 100, 900),
  usedFen: fc.constantFrom(0, 400, 2000),
  overFen: fc.constantFrom(0, 0, 50),
  count: fc.nat({ max: 2 }),
})

test('every decision comes out the same when it is made again from what was kept with it, also in the middle of a batch', async () => {
  const met = { routes: 0, none: 0, out: 0, suspended: 0, full: 0 }
  await fc.assert(
    fc.asyncProperty(
      anyRouting,
      fc.array(anyRoutePayment, { minLength: 1, maxLength: 8 }),
      anyHealth,
      fc.array(anyState, { minLength: 5, maxLength: 5 }),
      fc.subarray(['@route/channel/CH-1', '@route/pool/P-1', '@route/mid/MID-2', '@route/merchant-method/M1/wechat']),
      async (document, payments, health, states, off) => {
        const routing = compileRouting(document, 4)
        /** What stands on a counter, by its key alone: something, known not to exist, or never looked at. */
        const counter = (key: string): CounterState | null | undefined => {
          const { looked, count, ...fen } = states[key.length % states.length]!
          if (looked !== 'known') return looked === 'none' ? null : undefined
          const limits = { limitFen: null, limitCount: null, limitVersion: 1 }
          return { ...limits, ...fen, heldCount: count, usedCount: 0, overCount: 0 }
        }
        const view = new BatchView({
          transaction: () => undefined,
          route: () => undefined,
          reverse: () => null,
          counter,
          counterWanted: () => false,
          isSuspended: (ref) => off.includes(ref),
        })
        const world = {
          routing,
          drawKey,
          drawKeyId: 'K',
          clock: { nowMs: () => 0 },
          isSuspended: () => false,
          parentsOf: () => [],
          health: (pool: string) => health[pool],
        }
        for (const [i, { client, amountFen, atMs, ...rest }] of payments.entries()) {
          const serial = `S${i}`
          const { exclude, cardType, ...facts } = rest
          const request = {
            serial,
            amount: amountFen,
            at: new Date(atMs).toISOString(),
            ...facts,
            ...(exclude === undefined ? {} : { exclude: [...exclude] }),
            ...(cardType === undefined ? {} : { cardType: cardType as 'credit' }),
          }
          const asked = askedRoute({ client, request, bodyHash: serial, receivedAtMs: atMs }, undefined, 60_000)
          const weighed = new PreparedRoute(asked, world, told).weigh(view, amountFen)
          weighed.put()
          const answer = weighed.answer(null, [0, 0])

          const kept = JSON.parse(JSON.stringify(view.route(client, serial))) as RouteRow
          const again = await explainRoute(kept, { version: async () => routing, drawKey: () => drawKey })
          expect(again).toMatchObject([{ mid: answer.route?.mid ?? null, verdict: 'same', version: 4 }])
          const { refusals } = again[0]!
          // Every MID of a pool that was asked has its reason, but for the one that was taken; every other pool has one of its own.
          const stopped = refusals.some(({ of }) => of === 'merchant')
          const pools = stopped ? [] : (routing.poolsOf(rest.merchant, rest.method, rest.type) ?? [])
          for (const pool of pools) {
            const told = refusals.filter((one) => one.pool === pool.code)
            const mids = new Set(told.flatMap(({ mid }) => mid ?? []))
            if (answer.route?.pool === pool.code) {
              expect(mids.has(answer.route.mid)).toBe(false)
              break
            }
            if (told.every(({ mid }) => mid !== undefined)) expect(mids.size).toBe(pool.mids.length)
          }
          if (answer.route === null) met.none++
          else met.routes++
          if (kept.record.decisions[0]!.health !== undefined) met.out++
          if (kept.record.decisions[0]!.suspended !== undefined) met.suspended++
          if (refusals.some(({ reason }) => reason === 'limit_exhausted')) met.full++
        }
      },
    ),
    { numRuns: 400, unbiased: true },
  )
  for (const often of Object.values(met)) expect(often).toBeGreaterThan(50)
})
