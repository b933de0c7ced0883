import { BatchView, type Finish } from '@lijian/admission'
import type { RouteRow } from '@lijian/database'
import type { CounterState } from '@lijian/limits'
import { compileRouting } from '@lijian/selection'
import { askedRoute, type RoutingWorld } from '../decide-route'
import { PreparedRoute } from '../prepared-route'
import { decideRouteExpire } from '../route-end'
import { decideRouteResult } from '../route-result'
import { routing } from '@lijian/documents/testing/routing'

/**
 * One payment that asks for its route several times, through two processes, in every order of what may happen, decided by the product's own functions:
 * whoever was given a MID reports his success on it. MID-1 has a counter with room for one payment; MID-2 has none, where there is one, and is given
 * without PostgreSQL. Another payment may want the room.
 */
export interface Attempt {
  process: 0 | 1
  /**
   * adrift: nobody hears of it any more, so it is not decided again; it is committed at any time, or refused once its row is not what it knew.
   */
  statement: 'none' | 'flying' | 'adrift' | 'committed' | 'refused'
  answer: string | null
  told: string | null
  dead: boolean
  owes: 'nothing' | 'late' | 'lost' | 'given'
}

/** What is committed. Equal ones are one object, so that each decision is made once on each of them. */
interface Db {
  id: number
  row: RouteRow | null
  other: RouteRow | null
  counters: ReadonlyMap<string, CounterState>
  decided: Map<string, Committed>
}

interface Committed {
  db: Db
  /** The MID that was given, the state that was told, or why it was refused. */
  answer: string
  /** The payment's row has another version now. */
  wrote: boolean
}

export interface World {
  db: Db
  attempts: readonly Attempt[]
  /** What was told in time, by process. */
  remembered: readonly [boolean, boolean]
  isKilled: boolean
  isOver: boolean
}
export type Undo = (view: BatchView, route: PreparedRoute, world: World, i: number) => void

export interface May {
  kill: boolean
  other: boolean
}

export const NONE = 'none'
const FIRST = { statement: 'none', answer: null, told: null, dead: false, owes: 'nothing' } as const
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
  /** Made anew for each step: it keeps what it has told without a decision. */
  const prepared = (i: number | string, toldWithout: boolean, serial = 'S'): PreparedRoute => {
    const request = { serial, merchant: 'M1', method: 'wechat', type: 'qr', amount: 100 }
    const asked = askedRoute({ client: 'T', request, bodyHash: 'b', receivedAtMs: AT_MS }, undefined, 900_000)
    const route = new PreparedRoute({ ...asked, id: `r_${i}` }, world, new Set())
    if (toldWithout) route.without('deadline')
    return route
  }
  return { world, compiled, prepared }
}

export interface Step {
  name: string
  next: World
  /** What the step itself shows to be wrong. */
  wrong?: string
}

const attemptsOf = (row: RouteRow | null) =>
  row?.attempts.map(({ mid, state, chargesAre, tellers }) => [mid, state, chargesAre, tellers])

/** What is adrift was decided on an older version of the row: PostgreSQL refuses it. */
const committed = (world: World, { db, wrote }: Committed): World => ({
  ...world,
  db,
  attempts: wrote
    ? world.attempts.map((one): Attempt => (one.statement === 'adrift' ? { ...one, statement: 'refused' } : one))
    : world.attempts,
})

/** Attempts of one process are alike until they ask: it is enough that they do so in order. */
const isNext = ({ attempts }: World, i: number): boolean =>
  attempts.slice(0, i).every(({ process, statement }) => process !== attempts[i]!.process || statement !== 'none')

function kill(world: World, process: 0 | 1): { name: string; next: World } {
  const attempts = world.attempts.map((one): Attempt =>
    one.process !== process || one.statement === 'none'
      ? one
      : {
          ...one,
          ...{ owes: 'nothing', dead: one.dead || one.told === null },
          statement: one.statement === 'flying' ? 'adrift' : one.statement,
        },
  )
  const remembered = world.remembered.map((one, at) => one && at !== process) as [boolean, boolean]
  return { name: `kill ${process}`, next: { ...world, attempts, remembered, isKilled: true } }
}

export function model(mids: object[], undo: Undo, may: May) {
  const { world: routingWorld, compiled, prepared } = scene(mids)
  const { parentsOf } = routingWorld
  const all = new Map<string, Db>()
  const toldWithout = prepared(0, false).without('deadline').route?.mid ?? NONE

  function same(row: RouteRow | null, other: RouteRow | null, counters: Db['counters']): Db {
    const sums = [...counters].map(([key, { heldFen, usedFen, overFen }]) => [key, heldFen, usedFen, overFen])
    const key = JSON.stringify([attemptsOf(row), attemptsOf(other), sums])
    const found = all.get(key) ?? { id: all.size, row, other, counters, decided: new Map() }
    all.set(key, found)
    return found
  }

  /** Decided on what is committed, and committed. */
  function commit<T>(
    db: Db,
    name: string,
    decide: (view: BatchView) => Finish<T> | void,
    tell: (answer: T) => string = () => '',
  ): Committed {
    const before = db.decided.get(name)
    if (before !== undefined) return before
    const view = new BatchView({
      transaction: () => ({ row: null, fresh: true }),
      route: (key) => ({ row: key === 'T/O' ? db.other : db.row, fresh: true }),
      reverse: () => null,
      counter: (key) => db.counters.get(key) ?? null,
      counterWanted: () => false,
      isSuspended: () => false,
    })
    const finish = decide(view)
    const written = view.writtenRoutes()
    const at = (serial: string) => written.find((one) => one.serial === serial)
    const counters = new Map([...db.counters, ...view.counters.after()])
    const after = same(at('S') ?? db.row, at('O') ?? db.other, counters)
    const answer = finish ? tell(finish('2026-11-25', [])) : ''
    const made = { db: after, answer, wrote: at('S') !== undefined }
    db.decided.set(name, made)
    return made
  }

  const ask = (db: Db, serial: string, i: number | string) =>
    commit(
      db,
      `ask ${i}`,
      (view) => {
        const weighed = prepared(i, false, serial).weigh(view, 100)
        weighed.put()
        return weighed.answer
      },
      ({ route }) => route?.mid ?? NONE,
    )

  function stepsOf(world: World, i: number): Step[] {
    const attempt = world.attempts[i]!
    const found: Step[] = []
    const to = (change: Partial<Attempt>, more: Partial<World> = {}): World => ({
      ...world,
      ...more,
      attempts: world.attempts.map((one, at) => (at === i ? { ...one, ...change } : one)),
    })
    const push = (name: string, next: World) => found.push({ name: `${name} ${i}`, next })
    const { statement, owes } = attempt
    if (statement === 'none') {
      if (isNext(world, i)) push('ask', to({ statement: 'flying' }))
      return found
    }
    if (statement === 'flying' || statement === 'adrift') {
      const decided = ask(world.db, 'S', i)
      push('commit', committed(to({ statement: 'committed', answer: decided.answer }), decided))
    }
    if (attempt.told === null && !attempt.dead) {
      const remembered = world.remembered.map((one, at) => one || at === attempt.process) as [boolean, boolean]
      if (statement === 'committed') push('tell', to({ told: attempt.answer }, { remembered }))
      push('late', to({ told: toldWithout, owes: toldWithout === NONE ? 'late' : 'given' }))
      const adrift = statement === 'flying' ? 'adrift' : statement
      push('lose', to({ told: toldWithout, owes: 'lost', statement: adrift }))
    }
    if (statement === 'flying' && (owes === 'late' || owes === 'given'))
      push('lose late', to({ owes: 'lost', statement: 'adrift' }))
    const isHeard = statement === 'committed'
    if (owes === 'lost' || owes === 'given' || (owes === 'late' && isHeard)) {
      const name = `${undo.name} ${i} ${owes} ${world.remembered.join()}`
      const undone = commit(world.db, name, (view) => undo(view, prepared(i, true), world, i))
      // What was given is written at once, and again when the late answer has come.
      push('undo', committed(to({ owes: owes === 'given' && !isHeard ? 'late' : 'nothing' }), undone))
      push('undo, unheard,', committed(world, undone))
    }
    const isWritten = owes !== 'lost' && owes !== 'given'
    if (attempt.told !== null && attempt.told !== NONE && isWritten && !world.isOver)
      found.push(succeed(world, attempt.told))
    return found
  }

  function succeed(world: World, mid: string): Step {
    const name = `success of ${mid}`
    const request = { mid, outcome: 'success' as const }
    const decide = (view: BatchView): Finish<string> => {
      try {
        const finish = decideRouteResult(view, { client: 'T', serial: 'S', request }, { routing: compiled, parentsOf })
        return (...known) => finish(...known).state
      } catch (error) {
        return () => (error as Error).message
      }
    }
    const decided = commit(world.db, name, decide, (answer) => answer)
    const stands = world.db.row?.attempts.find((one) => one.mid === mid)?.state
    const isFine = decided.answer === 'succeeded' && (stands === 'reserved' || stands === 'succeeded')
    // What a killed process has given without PostgreSQL is written down by nobody.
    const mayBeUnknown = world.isKilled && stands === undefined
    return { name, next: committed(world, decided), ...(isFine || mayBeUnknown ? {} : { wrong: decided.answer }) }
  }

  function other(world: World): Step {
    const taken = [...world.db.counters.values()].reduce((sum, { heldFen, usedFen }) => sum + heldFen + usedFen, 0)
    const decided = ask(world.db, 'O', 'other')
    const isRight = (decided.answer === 'MID-1') === (taken === 0)
    const wrong = isRight ? {} : { wrong: `${taken} taken, and it was given ${decided.answer}` }
    return { name: 'another payment', next: committed(world, decided), ...wrong }
  }

  const start = (processes: readonly (0 | 1)[]): World => ({
    db: same(null, null, new Map()),
    attempts: processes.map((process) => ({ ...FIRST, process })),
    remembered: [false, false],
    isKilled: false,
    isOver: false,
  })

  /** Everything that may happen next. */
  function steps(world: World): Step[] {
    const found = world.attempts.flatMap((_, i) => stepsOf(world, i))
    if (may.kill && !world.isKilled) found.push(kill(world, 0), kill(world, 1))
    if (may.other && world.db.other === null) found.push(other(world))
    if (world.db.row?.state === 'reserved' && !world.isOver) {
      const expired = commit(world.db, 'expire', (view) => decideRouteExpire(view, 'T', 'S', AT_MS + 3_600_000))
      found.push({ name: 'its time is over', next: committed({ ...world, isOver: true }, expired) })
    }
    return found
  }

  return { start, steps }
}
