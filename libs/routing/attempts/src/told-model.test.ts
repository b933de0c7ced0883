import { BatchView, type Finish } from '@lijian/admission'
import type { RouteRow } from '@lijian/database'
import { routing } from '@lijian/documents/testing/routing'
import type { CounterState } from '@lijian/limits'
import { compileRouting } from '@lijian/selection'
import { askedRoute, type RoutingWorld } from './decide-route'
import { PreparedRoute } from './prepared-route'
import { decideRouteExpire } from './route-end'
import { decideRouteResult, giveBack } from './route-result'
import { withAttempts } from './route-row'

/**
 * One payment that asks for its route twice, through two processes, in every order of what may happen, decided by the product's own functions: whoever was
 * given a MID reports his success on it. MID-1 has a counter; MID-2 has none, where there is one, and is given without PostgreSQL.
 */
interface Attempt {
  statement: 'none' | 'flying' | 'committed'
  answer: string | null
  told: string | null
  dead: boolean
  owes: 'nothing' | 'late' | 'lost' | 'given'
  orphan: boolean
}
interface Db {
  row: RouteRow | null
  counters: ReadonlyMap<string, CounterState>
}
interface World {
  db: Db
  attempts: readonly Attempt[]
  remembered: readonly boolean[]
  isKilled: boolean
  isOver: boolean
}
type Undo = (view: BatchView, route: PreparedRoute, world: World, i: number) => void

const NONE = 'none'
const AT_MS = Date.parse('2026-11-25T04:00:00Z')

function scene(mids: object[]) {
  const compiled = compileRouting(routing(mids), 1)
  const world: RoutingWorld = {
    routing: compiled,
    health: () => undefined,
    isSuspended: () => false,
    parentsOf: () => [],
    drawKey: Buffer.alloc(32, 7),
    drawKeyId: 'K',
    clock: { nowMs: () => AT_MS },
  }
  const request = { serial: 'S', merchant: 'M1', method: 'wechat', type: 'qr', amount: 100 }
  /** Made anew for each step: it keeps what it has told without a decision. */
  const prepared = (i: number, toldWithout: boolean): PreparedRoute => {
    const asked = askedRoute({ client: 'T', request, bodyHash: 'b', receivedAtMs: AT_MS }, undefined, 900_000)
    const route = new PreparedRoute({ ...asked, id: `r_${i}` }, world, new Set())
    if (toldWithout) route.without('deadline')
    return route
  }
  return { world, compiled, prepared }
}

function commit<T>(db: Db, decide: (view: BatchView) => Finish<T> | void): { db: Db; answer: T | undefined } {
  const view = new BatchView({
    transaction: () => ({ row: null, fresh: true }),
    route: () => ({ row: db.row, fresh: true }),
    reverse: () => null,
    counter: (key) => db.counters.get(key) ?? null,
    counterWanted: () => false,
    isSuspended: () => false,
  })
  const finish = decide(view)
  const [row = db.row] = view.writtenRoutes()
  const counters = new Map([...db.counters, ...view.counters.after()])
  return { db: { row, counters }, answer: finish?.('2026-11-25', []) }
}

const stateKey = ({ db: { row, counters }, ...rest }: World): string =>
  JSON.stringify([
    row?.attempts.map(({ mid, state, chargesAre, tellers }) => [mid, state, chargesAre, tellers]),
    [...counters].map(([key, { heldFen, usedFen, overFen }]) => [key, heldFen, usedFen, overFen]),
    rest,
  ])

function explore(mids: object[], undo: Undo): { states: number; wrong?: string } {
  const { world: routingWorld, compiled, prepared } = scene(mids)
  const parentsOf = routingWorld.parentsOf

  function steps(world: World): { name: string; next: World; wrong?: string }[] {
    const found: { name: string; next: World; wrong?: string }[] = []
    world.attempts.forEach((attempt, i) => {
      const to = (change: Partial<Attempt>, more: Partial<World> = {}): World => ({
        ...world,
        ...more,
        attempts: world.attempts.map((one, at) => (at === i ? { ...one, ...change } : one)),
      })
      const push = (name: string, next: World, wrong?: string) =>
        found.push({ name: `${name} ${i}`, next, ...(wrong === undefined ? {} : { wrong }) })
      if (attempt.statement === 'none') return attempt.dead || push('ask', to({ statement: 'flying' }))
      if (attempt.statement === 'flying') {
        const { db, answer } = commit(world.db, (view) => {
          const weighed = prepared(i, false).weigh(view, 100)
          weighed.put()
          return weighed.answer
        })
        const orphan = attempt.told !== null && attempt.owes === 'nothing'
        push('commit', to({ statement: 'committed', answer: answer!.route?.mid ?? NONE, orphan }, { db }))
      }
      if (attempt.told === null && !attempt.dead) {
        const remembered = world.remembered.map((one, at) => one || at === i)
        if (attempt.statement === 'committed') push('tell', to({ told: attempt.answer }, { remembered }))
        const told = prepared(i, false).without('deadline').route?.mid ?? NONE
        push('late', to({ told, owes: told === NONE ? 'late' : 'given' }))
        push('lose', to({ told, owes: 'lost' }))
      }
      const isHeard = attempt.statement === 'committed'
      if (attempt.owes === 'lost' || attempt.owes === 'given' || (attempt.owes === 'late' && isHeard)) {
        const { db } = commit(world.db, (view) => undo(view, prepared(i, true), world, i))
        // What was given is written at once, and again when the late answer has come.
        push('undo', to({ owes: attempt.owes === 'given' && !isHeard ? 'late' : 'nothing' }, { db }))
        push('undo, unheard,', to({}, { db }))
      }
      const isWritten = attempt.owes !== 'lost' && attempt.owes !== 'given'
      if (attempt.told !== null && attempt.told !== NONE && isWritten && !world.isOver) {
        const { told } = attempt
        try {
          const { db, answer } = commit(world.db, (view) =>
            decideRouteResult(
              view,
              { client: 'T', serial: 'S', request: { mid: told, outcome: 'success' } },
              { routing: compiled, parentsOf },
            ),
          )
          const stands = world.db.row!.attempts.find(({ mid }) => mid === told)!.state
          const wrong = answer!.state === 'succeeded' && ['reserved', 'succeeded'].includes(stands) ? undefined : stands
          push(`success of ${told}`, { ...to({}), db }, wrong)
        } catch (error) {
          if (!world.isKilled) push(`success of ${told}`, world, (error as Error).message)
        }
      }
    })
    if (!world.isKilled)
      world.attempts.forEach((_, killed) => {
        const attempts = world.attempts.map((one, i): Attempt =>
          i !== killed || one.statement === 'none'
            ? one
            : { ...one, owes: 'nothing', dead: one.dead || one.told === null },
        )
        const remembered = world.remembered.map((one, i) => one && i !== killed)
        found.push({ name: `kill ${killed}`, next: { ...world, attempts, remembered, isKilled: true } })
      })
    if (world.db.row?.state === 'reserved' && !world.isOver) {
      const { db } = commit(world.db, (view) => decideRouteExpire(view, 'T', 'S', AT_MS + 3_600_000))
      found.push({ name: 'its time is over', next: { ...world, db, isOver: true } })
    }
    return found
  }

  function wrongWith({ db: { row, counters }, attempts, isKilled }: World): string | undefined {
    for (const [key, { heldFen, usedFen }] of counters) {
      const charged = (where: 'held' | 'used') =>
        (row?.attempts ?? [])
          .filter(({ chargesAre }) => chargesAre === where)
          .flatMap(({ charges }) => charges.filter((one) => one.key === key))
          .reduce((sum, { fen }) => sum + fen, 0)
      if (heldFen !== charged('held') || usedFen !== charged('used')) return `${key} says ${heldFen} + ${usedFen}`
    }
    const isUntold = attempts.every(
      ({ statement, told, owes, orphan }) =>
        statement === 'none' || (statement === 'committed' && told === NONE && owes === 'nothing' && !orphan),
    )
    return row?.state === 'reserved' && isUntold && !isKilled ? 'nobody was given it, and it is reserved' : undefined
  }

  const one: Attempt = { statement: 'none', answer: null, told: null, dead: false, owes: 'nothing', orphan: false }
  const start: World = {
    db: { row: null, counters: new Map() },
    attempts: [one, one],
    remembered: [false, false],
    isKilled: false,
    isOver: false,
  }
  const seen = new Map<string, string>([[stateKey(start), '']])
  for (let level = [start]; level.length > 0;) {
    const next: World[] = []
    for (const world of level) {
      const way = seen.get(stateKey(world))!
      for (const step of steps(world)) {
        const wrong = step.wrong ?? wrongWith(step.next)
        if (wrong !== undefined) return { states: seen.size, wrong: `${way} ${step.name}: ${wrong}` }
        const key = stateKey(step.next)
        if (seen.has(key)) continue
        seen.set(key, `${way} ${step.name} →`)
        next.push(step.next)
      }
    }
    level = next
  }
  return { states: seen.size }
}

const undo: Undo = (view, route) => route.undo(view, 'deadline')
/** What the undo was before: the last reservation, unless this process remembers that it told of it. */
const undoBefore: Undo = (view, _route, world, i) => {
  const row = view.route('T', 'S')
  const late = row?.attempts.at(-1)
  if (row === null || late?.state !== 'reserved' || world.remembered[i]) return
  giveBack(view, late)
  view.putRoute(withAttempts(row, row.attempts.slice(0, -1)))
}

const COUNTED = { dailyAmount: 1000 }
test.each<[string, object[]]>([
  ['one MID with a counter', [COUNTED]],
  ['one with a counter, one without', [COUNTED, {}]],
])('%s: whoever was given a MID keeps it, in every order', (_what, mids) => {
  const { states, wrong } = explore(mids, undo)
  expect(wrong).toBeUndefined()
  expect(states).toBeGreaterThan(300)
})

test('the undo as it was takes what was given', () => {
  expect(explore([COUNTED], undoBefore).wrong).toMatch(/success of MID-1 \d: .*(given no MID|not given)/)
})
