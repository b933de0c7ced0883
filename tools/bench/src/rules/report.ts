import { figure, goal, table } from '../report/table'
import { SIZES } from './catalogs'
import { OURS, PEERS, WITH_COUNTERS } from './engines'
import type { RulesRun } from './process'

/** By catalog, then engine. */
export type Runs = ReadonlyMap<string, ReadonlyMap<string, RulesRun>>

const GOAL_US = 20
const GOAL_GROWTH = 1.5
const GOAL_TIMES = 50
const GOAL_SIZE = '1000'

const median = (runs: Runs, size: string, engine: string): number =>
  runs.get(size)?.get(engine)?.figures['with offers'].medianUs ?? NaN

const HEAD = [
  'offers',
  'engine',
  'rounds',
  'median µs',
  'p99 µs',
  'bytes each',
  '× for 10 × the offers',
  'no offer: median µs',
  'compiled in ms',
  'checked equal',
]

function row(runs: Runs, size: number, engine: string, { figures, compileMs, agreed }: RulesRun): string[] {
  const { rounds, medianUs, p99Us, bytes, bytesAtLeast } = figures['with offers']
  const growth = median(runs, String(size), engine) / median(runs, String(size / 10), engine)
  return [
    figure(size),
    engine,
    figure(rounds),
    figure(medianUs),
    figure(p99Us),
    `${bytesAtLeast ? '> ' : ''}${figure(bytes)}`,
    size === SIZES[0] ? '–' : figure(growth),
    figure(figures['no offer'].medianUs),
    figure(compileMs),
    engine === OURS || engine === WITH_COUNTERS
      ? '–'
      : `${figure(agreed.payments)} payments, ${figure(agreed.offers)} offers, ${figure(agreed.amounts)} amounts`,
  ]
}

/** Every engine at every size. */
export function peersTable(runs: Runs): string {
  const rows = SIZES.flatMap((size) =>
    [...(runs.get(String(size)) ?? [])].map(([engine, run]) => row(runs, size, engine, run)),
  )
  return table(HEAD, rows)
}

export function goals(runs: Runs): string {
  const ours = median(runs, GOAL_SIZE, OURS)
  const growth = median(runs, '10000', OURS) / ours
  const [peer, best] = PEERS.map((name) => [name, median(runs, GOAL_SIZE, name)] as const).reduce((a, b) =>
    a[1] <= b[1] ? a : b,
  )
  return [
    `- median at 1,000 offers, payments that get some: ${goal(ours, '≤', GOAL_US)} µs`,
    `- at 10,000 offers: ${goal(growth, '≤', GOAL_GROWTH)} × that`,
    `- against the best peer at 1,000 offers (${peer}, ${figure(best)} µs): ${goal(best / ours, '≥', GOAL_TIMES)} × as fast`,
  ].join('\n')
}

/** Lijian alone, on catalogs that try its index. */
export function indexTable(runs: Runs): string {
  const head = [
    'catalog',
    'offers got',
    'median µs',
    'p99 µs',
    'bytes each',
    'no offer: median µs',
    'p99 µs',
    'compiled in ms',
  ]
  const rows = [...runs].flatMap(([catalog, engines]) => {
    const run = engines.get(OURS)
    if (run === undefined) return []
    const { 'with offers': some, 'no offer': none } = run.figures
    const name = /^\d+$/.test(catalog) ? figure(Number(catalog)) : catalog
    return [
      [
        name,
        figure(run.offersEach),
        figure(some.medianUs),
        figure(some.p99Us),
        figure(some.bytes),
        figure(none.medianUs),
        figure(none.p99Us),
        figure(run.compileMs),
      ],
    ]
  })
  return table(head, rows)
}
