import type { TransactionRow } from '@lijian/database'
import { decideUndo } from './reverse'
import { release } from './charges'
import { first, lostOf, steps, type May, type Step, type Undo, type World } from './testing/told-model'
import { idOf } from './testing/told-payment'

const FINAL = ['confirmed', 'unfunded', 'reversed', 'cancelled']

const undo: Undo = (view, world, i) =>
  decideUndo(view, { client: 'T', serial: 'S', attempt: idOf(i), why: 'deadline', lost: lostOf(world, i) })

/** As if nothing could be committed after its undo. */
const undoWhatIsThere: Undo = (view, _world, i) =>
  decideUndo(view, { client: 'T', serial: 'S', attempt: idOf(i), why: 'deadline' })

/** What the undo was before: whatever is held under this serial, unless this process remembers that it told of it. */
const undoBefore: Undo = (view, world, i) => {
  const row = view.transaction('T', 'S')
  if (row === null) return undo(view, world, i)
  if (row.state !== 'held' || world.remembered[world.attempts[i]!.process]) return () => undefined
  release(view, row)
  const record = { ...row.record, offers: [], emptyBecause: 'deadline' as const }
  view.put(
    {
      ...row,
      version: row.version + 1,
      state: 'no_offer',
      chargesAre: 'none',
      charges: [],
      record,
      holdExpiresAt: null,
    },
    { dated: false },
  )
  return () => undefined
}

const takes = (row: TransactionRow | null, where: 'held' | 'used') =>
  row?.chargesAre === where ? row.charges.reduce((sum, { fen }) => sum + fen, 0) : 0

/** What must hold whatever has happened. */
function wrongWith(world: World): string | undefined {
  const { row, other, counters } = world.db
  const [counter] = counters.values()
  if (counter !== undefined) {
    const { heldFen, usedFen, limitFen } = counter
    if (heldFen < 0 || usedFen < 0 || heldFen + usedFen > limitFen!) return `the budget is ${heldFen} + ${usedFen}`
    for (const [where, fen] of [
      ['held', heldFen],
      ['used', usedFen],
    ] as const)
      if (takes(row, where) + takes(other, where) !== fen) return `the budget says ${fen} ${where}, the payments do not`
  }
  const isUntold = world.attempts.every(
    ({ statement, told, owes }) =>
      statement === 'none' ||
      (told === 'no_offer' && owes === 'nothing' && (statement === 'committed' || statement === 'refused')),
  )
  if (row?.state === 'held' && isUntold && world.kills === 0) return 'nobody was told of it, and it is held'
  return undefined
}

/** One end state: what has ended is changed by nothing but its reversal. */
const changesEnd = (before: World, { name, next }: Step) =>
  FINAL.includes(before.db.row?.state ?? '') &&
  !['reverse', 'failed'].includes(name) &&
  !name.startsWith('paid') &&
  next.db.row!.state !== before.db.row!.state

/** Only what can still make a difference: an answer until it is told; what a process remembers for the undo that goes by it. */
function keyOf({ db, attempts, kills, lastTold, ended, remembered }: World, how: Undo): string {
  const each = attempts.map(({ statement, answer, told, dead, owes }) =>
    told === null
      ? `${statement}${answer}${dead}`
      : `${statement === 'refused' ? 'committed' : statement}${told}${owes}`,
  )
  const memory = how === undoBefore ? remembered.join() : ''
  return `${db.id} ${each.join()} ${kills}${lastTold}${ended.expired}${ended.reversed}${ended.result}${memory}`
}

/** Every order in which it can happen; the first way to something wrong, or undefined. */
function explore(processes: readonly (0 | 1)[], how: Undo, may: May): { states: number; wrong?: string } {
  const start = first(processes)
  const seen = new Map<string, { from: string; step: string } | null>([[keyOf(start, how), null]])
  const way = (key: string, last: string): string => {
    const taken: string[] = [last]
    for (let at = seen.get(key); at; at = seen.get(at.from)) taken.unshift(at.step)
    return taken.join(' → ')
  }
  let level: World[] = [start]
  while (level.length > 0) {
    const next: World[] = []
    for (const world of level) {
      const from = keyOf(world, how)
      for (const step of steps(world, how, may)) {
        const wrong =
          step.wrong ?? wrongWith(step.next) ?? (changesEnd(world, step) ? 'an end state is changed' : undefined)
        if (wrong !== undefined) return { states: seen.size, wrong: `${way(from, step.name)}: ${wrong}` }
        const key = keyOf(step.next, how)
        if (seen.has(key)) continue
        seen.set(key, { from, step: step.name })
        next.push(step.next)
      }
    }
    level = next
  }
  return { states: seen.size }
}

const ALL = { kill: true, reverse: true, other: true }
const FEW = { kill: false, reverse: false, other: false }

test.each<[string, readonly (0 | 1)[], May]>([
  ['two attempts at two processes, 18,000 states', [0, 1], ALL],
  ['two attempts at one process, 17,000 states', [0, 0], ALL],
  ['three attempts at two processes, without a reversal, 304,000 states', [0, 1, 0], { ...ALL, reverse: false }],
])('%s: whoever is told of a hold is funded, in every order', (_what, processes, may) => {
  const { states, wrong } = explore(processes, undo, may)
  expect(wrong).toBeUndefined()
  expect(states).toBeGreaterThan(16_000)
})

test.each<[string, readonly (0 | 1)[]]>([
  ['by a duplicate at another process', [0, 1]],
  ['by one process that was killed between', [0, 0]],
])('the undo as it was takes what was told: %s', (_what, processes) => {
  const { wrong } = explore(processes, undoBefore, { kill: true, reverse: false, other: false })
  expect(wrong).toMatch(/told held, paid so, and the result is no_offer/)
})

test('an undo that leaves nothing where it finds nothing is overtaken by what is committed after it', () => {
  const { wrong } = explore([0], undoWhatIsThere, FEW)
  expect(wrong).toMatch(/lose 0 → undo 0 → commit 0: nobody was told of it, and it is held/)
})
