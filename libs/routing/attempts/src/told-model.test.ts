import { giveBack } from './route-result'
import { withAttempts } from './route-row'
import { model, NONE, type May, type Undo, type World } from './testing/told-model'

const balanced = new WeakMap<World['db'], string | undefined>()

/** Every counter stands where the attempts say. */
function wrongSums(db: World['db']): string | undefined {
  if (balanced.has(db)) return balanced.get(db)
  const attempts = [db.row, db.other].flatMap((one) => one?.attempts ?? [])
  const wrong = [...db.counters].find(([key, { heldFen, usedFen }]) => {
    const charged = (where: 'held' | 'used') =>
      attempts
        .filter(({ chargesAre }) => chargesAre === where)
        .flatMap(({ charges }) => charges.filter((one) => one.key === key))
        .reduce((sum, { fen }) => sum + fen, 0)
    return heldFen !== charged('held') || usedFen !== charged('used')
  })
  const said = wrong && `${wrong[0]} says ${wrong[1].heldFen} + ${wrong[1].usedFen}`
  balanced.set(db, said)
  return said
}

/** What must hold whatever has happened. */
function wrongWith({ db, attempts, isKilled }: World): string | undefined {
  const isUntold = attempts.every(
    ({ statement, told, owes }) =>
      statement === 'none' ||
      (told === NONE && owes === 'nothing' && (statement === 'committed' || statement === 'refused')),
  )
  if (db.row?.state === 'reserved' && isUntold && !isKilled) return 'nobody was given it, and it is reserved'
  return wrongSums(db)
}

/** Only what can still make a difference: an answer until it is told; what a process remembers for the undo that goes by it. */
function keyOf({ db, attempts, remembered, isKilled, isOver }: World, how: Undo): string {
  const each = attempts.map(({ statement, answer, told, dead, owes }) =>
    told === null
      ? `${statement}${answer}${dead}`
      : `${statement === 'refused' ? 'committed' : statement}${told}${owes}`,
  )
  return `${db.id} ${each.join()} ${isKilled}${isOver}${how === undoBefore ? remembered.join() : ''}`
}

/** Every order in which it can happen; the first way to something wrong, or undefined. */
function explore(
  mids: object[],
  processes: readonly (0 | 1)[],
  how: Undo,
  may: May,
): { states: number; wrong?: string } {
  const { start, steps } = model(mids, how, may)
  const first = start(processes)
  const seen = new Map<string, { from: string; step: string } | null>([[keyOf(first, how), null]])
  const way = (key: string, last: string): string => {
    const taken: string[] = [last]
    for (let at = seen.get(key); at; at = seen.get(at.from)) taken.unshift(at.step)
    return taken.join(' → ')
  }
  for (let level = [first]; level.length > 0;) {
    const next: World[] = []
    for (const world of level) {
      const from = keyOf(world, how)
      for (const step of steps(world)) {
        const wrong = step.wrong ?? wrongWith(step.next)
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

const undo: Undo = (view, route, world, i) => route.undo(view, 'deadline', world.attempts[i]!.owes === 'lost')
/** As if nothing could be committed after its undo. */
const undoWhatIsThere: Undo = (view, route) => route.undo(view, 'deadline')
/** What the undo was before: the last reservation, unless this process remembers that it told of it. */
const undoBefore: Undo = (view, route, world, i) => {
  const row = view.route('T', 'S')
  if (row === null) return undo(view, route, world, i)
  const late = row?.attempts.at(-1)
  if (late?.state !== 'reserved' || world.remembered[world.attempts[i]!.process]) return
  giveBack(view, late)
  view.putRoute(withAttempts(row, row.attempts.slice(0, -1)))
}

const COUNTED = { dailyAmount: 100 }
const ALL = { kill: true, other: true }
const FEW = { kill: false, other: false }
test.each<[string, object[], readonly (0 | 1)[], May]>([
  ['one MID with a counter, two attempts', [COUNTED], [0, 1], ALL],
  ['one with a counter, one without, two attempts', [COUNTED, {}], [0, 1], ALL],
  ['one MID with a counter, three attempts, 88,000 states', [COUNTED], [0, 1, 0], ALL],
  ['one with a counter, one without, three attempts alone, 124,000 states', [COUNTED, {}], [0, 1, 0], FEW],
])('%s: whoever was given a MID keeps it, in every order', (_what, mids, processes, may) => {
  const { states, wrong } = explore(mids, processes, undo, may)
  expect(wrong).toBeUndefined()
  expect(states).toBeGreaterThan(2000)
})

test('the undo as it was takes what was given', () => {
  const { wrong } = explore([COUNTED], [0, 1], undoBefore, { kill: true, other: false })
  expect(wrong).toMatch(/success of MID-1: .*(given no MID|not given)/)
})

test('an undo that leaves nothing where it finds nothing is overtaken by what is committed after it', () => {
  const { wrong } = explore([COUNTED], [0], undoWhatIsThere, FEW)
  expect(wrong).toMatch(/lose 0 → undo 0 → commit 0: nobody was given it, and it is reserved/)
})
