import { BatchView, keyOf, type Finish } from '@lijian/admission'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import type { TransactionRow } from '@lijian/database'
import type { CounterState } from '@lijian/limits'
import { lostRow } from '../lost-row'
import { weighQuery } from '../query'
import { decideResult } from '../result'
import { decideExpire, decideReverse } from '../reverse'
import { AT_MS, evaluated, idOf } from './told-payment'

/**
 * One payment, asked for several times through two processes, beside another payment that wants the same last place of a budget. What is committed is
 * decided by the product's own functions; what a process only remembers is lost when it is killed.
 */
export interface Attempt {
  process: 0 | 1
  /**
   * flying: PostgreSQL has not committed it yet. adrift: nobody hears of it any more, so it is not decided again; it is committed at any time,
   * or refused once its row is not what it knew.
   */
  statement: 'none' | 'flying' | 'adrift' | 'committed' | 'refused'
  answer: 'held' | 'no_offer' | null
  told: 'held' | 'no_offer' | null
  /** Its process was killed before it told anything. */
  dead: boolean
  /** lost: nobody knows whether it was committed. */
  owes: 'nothing' | 'late' | 'lost'
}

/** What is committed. Equal ones are one object, so that each decision is made once on each of them. */
export interface Db {
  id: number
  row: TransactionRow | null
  other: TransactionRow | null
  counters: ReadonlyMap<string, CounterState>
  decided: Map<string, Decided>
}

interface Decided {
  db: Db
  answer: TransactionAnswer | undefined
  /** The payment's row has another version now. */
  wrote: boolean
}

export interface World {
  db: Db
  attempts: readonly Attempt[]
  kills: number
  lastTold: 'held' | 'no_offer' | null
  /** The end that the payment itself brought about. */
  ended: { expired: boolean; reversed: boolean; result: boolean }
  /** Holds that this process remembers having told in time: what the undo went by before. */
  remembered: readonly [boolean, boolean]
}

/** What happens beside queries, results and the end of time; the fewer, the more attempts can be looked at whole. */
export interface May {
  kill: boolean
  reverse: boolean
  other: boolean
}

export type Undo = (view: BatchView, world: World, attempt: number) => Finish<void>

const EXPIRED_MS = AT_MS + 3_600_000
const all = new Map<string, Db>()

function same(row: TransactionRow | null, other: TransactionRow | null, counters: Db['counters']): Db {
  const apart = (one: TransactionRow | null) => one && { ...one, version: 0 }
  const key = JSON.stringify([apart(row), apart(other), [...counters]])
  const found = all.get(key) ?? { id: all.size, row, other, counters, decided: new Map() }
  all.set(key, found)
  return found
}

/** Decided on what is committed, and committed: a decision made on anything older is stale and is made again. A refusal changes nothing. */
function commit(db: Db, name: string, decide: (view: BatchView) => Finish<TransactionAnswer | void>): Decided {
  const before = db.decided.get(name)
  if (before !== undefined) return before
  const rows: Record<string, TransactionRow | null> = { 'T/S': db.row, 'T/O': db.other }
  const view = new BatchView({
    transaction: (key) => ({ row: rows[key] ?? null, fresh: true }),
    route: () => undefined,
    reverse: () => null,
    counter: (key) => db.counters.get(key) ?? null,
    counterWanted: () => false,
    isSuspended: () => false,
  })
  const finish = decide(view)
  for (const { row } of view.written()) rows[keyOf(row.client, row.serial)] = row
  const counters = new Map([...db.counters, ...view.counters.after()])
  let answer: TransactionAnswer | undefined
  try {
    answer = finish('2026-11-23', []) ?? undefined
  } catch {
    // an answer as well: nothing is held
  }
  const wrote = view.written().some(({ row }) => row.serial === 'S')
  const after = { db: same(rows['T/S']!, rows['T/O']!, counters), answer, wrote }
  db.decided.set(name, after)
  return after
}

const query = (db: Db, serial: string, id: string) =>
  commit(db, `query ${id}`, (view) => {
    const weighed = weighQuery(view, evaluated(serial, id))
    weighed.put()
    return weighed.answer
  })

/** What the undo of an attempt leaves where its statement may still be committed. */
export const lostOf = ({ attempts }: World, attempt: number) =>
  attempts[attempt]!.owes === 'lost' ? () => lostRow(evaluated('S', idOf(attempt)), 'unavailable') : undefined

export const first = (processes: readonly (0 | 1)[]): World => ({
  db: same(null, null, new Map()),
  attempts: processes.map((process) => ({
    process,
    statement: 'none',
    answer: null,
    told: null,
    dead: false,
    owes: 'nothing',
  })),
  kills: 0,
  lastTold: null,
  ended: { expired: false, reversed: false, result: false },
  remembered: [false, false],
})

export interface Step {
  name: string
  next: World
  /** What the step itself shows to be wrong. */
  wrong?: string
}

/** Everything that may happen next. */
export function steps(world: World, undo: Undo, may: May): Step[] {
  const found = world.attempts.flatMap((_, i) => stepsOf(world, i, undo))
  if (may.kill && world.kills === 0) found.push(kill(world, 0), kill(world, 1))
  if (may.other && world.db.other === null) found.push(other(world))
  return [...found, ...ends(world, may)]
}

function stepsOf(world: World, i: number, undo: Undo): Step[] {
  const attempt = world.attempts[i]!
  const with_ = (change: Partial<Attempt>, more: Partial<World> = {}): World => ({
    ...world,
    ...more,
    attempts: world.attempts.map((one, at) => (at === i ? { ...one, ...change } : one)),
  })
  if (attempt.statement === 'none')
    return isNext(world, i) ? [{ name: `ask ${i}`, next: with_({ statement: 'flying' }) }] : []
  const found: Step[] = []
  if (attempt.statement === 'flying' || attempt.statement === 'adrift') {
    const decided = query(world.db, 'S', idOf(i))
    const answer = decided.answer!.state as 'held' | 'no_offer'
    found.push({ name: `commit ${i}`, next: committed(with_({ statement: 'committed', answer }), decided) })
  }
  if (attempt.told === null && !attempt.dead) {
    const no = { told: 'no_offer', lastTold: 'no_offer' } as const
    if (attempt.statement === 'committed') {
      const { answer } = attempt
      const remembered = [...world.remembered] as [boolean, boolean]
      if (answer === 'held') remembered[attempt.process] = true
      found.push({ name: `tell ${i}`, next: with_({ told: answer }, { lastTold: answer, remembered }) })
    }
    found.push({ name: `late ${i}`, next: with_({ told: no.told, owes: 'late' }, { lastTold: no.lastTold }) })
    const statement = attempt.statement === 'flying' ? 'adrift' : attempt.statement
    const lost = with_({ told: no.told, owes: 'lost', statement }, { lastTold: no.lastTold })
    found.push({ name: `lose ${i}`, next: lost })
  }
  if (attempt.owes === 'late' && attempt.statement === 'flying')
    found.push({ name: `lose late ${i}`, next: with_({ owes: 'lost', statement: 'adrift' }) })
  if (attempt.owes === 'lost' || (attempt.owes === 'late' && attempt.statement === 'committed')) {
    const name = `${undo.name} ${i} ${attempt.owes} ${world.remembered.join()}`
    const undone = commit(world.db, name, (view) => undo(view, world, i))
    // Its reply may be lost as well: it is tried again.
    found.push({ name: `undo ${i}`, next: committed(with_({ owes: 'nothing' }), undone) })
    found.push({ name: `undo ${i}, unheard`, next: committed(world, undone) })
  }
  return found
}

/** What is adrift was decided on an older version of the row: PostgreSQL refuses it. */
const committed = (world: World, { db, wrote }: Pick<Decided, 'db' | 'wrote'>): World => ({
  ...world,
  db,
  attempts: wrote
    ? world.attempts.map((one): Attempt => (one.statement === 'adrift' ? { ...one, statement: 'refused' } : one))
    : world.attempts,
})

/** Attempts of one process are alike until they ask: it is enough that they do so in order. */
const isNext = ({ attempts }: World, i: number): boolean =>
  attempts.slice(0, i).every(({ process, statement }) => process !== attempts[i]!.process || statement !== 'none')

function kill(world: World, process: 0 | 1): Step {
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
  return { name: `kill ${process}`, next: { ...world, attempts, kills: 1, remembered } }
}

/** Another payment wants the same place: it gets it exactly when there is one. */
function other(world: World): Step {
  const taken = [...world.db.counters.values()].reduce((sum, { heldFen, usedFen }) => sum + heldFen + usedFen, 0)
  const { db, answer } = query(world.db, 'O', 'm_other')
  const wrong =
    (answer!.state === 'held') === (taken === 0) ? undefined : `${taken} taken, and it was told ${answer!.state}`
  return { name: 'another payment', next: { ...world, db }, ...(wrong && { wrong }) }
}

/** Result, reversal and the end of its time. */
function ends(world: World, may: May): Step[] {
  const { db, ended, lastTold } = world
  const found: Step[] = []
  const after = (to: Decided, change: Partial<World['ended']>): World =>
    committed({ ...world, ended: { ...ended, ...change } }, to)
  if (db.row?.state === 'held') {
    const expired = commit(db, 'expire', (view) => decideExpire(view, 'T', 'S', EXPIRED_MS))
    found.push({ name: 'expire', next: after(expired, { expired: true }) })
  }
  if (may.reverse && !ended.reversed) {
    const ask = {
      client: 'T',
      originalSerial: 'S',
      serial: 'R',
      kind: 'reversal',
      bodyHash: 'r',
      door: 'http',
    } as const
    const reversed = commit(db, 'reverse', (view) => {
      try {
        const finish = decideReverse(view, ask, AT_MS)
        return (...known) => void finish(...known)
      } catch {
        return () => undefined
      }
    })
    found.push({ name: 'reverse', next: after(reversed, { reversed: true }) })
  }
  if (lastTold !== null && !ended.result) {
    // The till pays what it was told last.
    const paid = lastTold === 'held' ? 8500 : 10_000
    const result = (outcome: 'success' | 'failure') =>
      commit(db, `${outcome} ${paid}`, (view) =>
        decideResult(
          view,
          { client: 'T', serial: 'S', request: { outcome, paid }, bodyHash: 'p', door: 'http' },
          { offer: () => undefined },
          AT_MS,
        ),
      )
    const paidSo = result('success')
    const { state, discount } = paidSo.answer!
    const isFunded = state === 'confirmed' && discount === 1500
    const mayEnd = ended.expired || ended.reversed
    const wrong =
      lastTold === 'held'
        ? !isFunded && !mayEnd && `told held, paid so, and the result is ${state}`
        : state === 'confirmed' && `told no_offer, paid so, and the result is ${state}`
    found.push({ name: `paid ${paid}`, next: after(paidSo, { result: true }), ...(wrong && { wrong }) })
    if (db.row !== null) found.push({ name: 'failed', next: after(result('failure'), { result: true }) })
  }
  return found
}
