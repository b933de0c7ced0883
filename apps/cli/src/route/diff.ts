import { stdout } from 'node:process'
import type { RouteReplay, Routing } from '@lijian/selection'
import { amount, count, plus } from '../figures'
import { table } from '../table'
import { readCompiled } from './documents'
import { replayFile, type Answer, type RouteOptions } from './route'

const TOP = 20

interface Side {
  routing: Routing
  replay: RouteReplay
  mids: Map<string, string | null>
  costFen: number
}

/** The same payments under two configurations: what changes. */
export async function diff(a: string, b: string, options: Omit<RouteOptions, 'config'>, json: boolean): Promise<void> {
  const [before, after] = [await replayed(a, options), await replayed(b, options)]
  const moved = new Map<string, number>()
  for (const [serial, mid] of before.mids) {
    const now = after.mids.get(serial) ?? null
    if (mid !== now)
      moved.set(
        `${mid ?? 'no route'} → ${now ?? 'no route'}`,
        (moved.get(`${mid ?? 'no route'} → ${now ?? 'no route'}`) ?? 0) + 1,
      )
  }
  const payments = before.mids.size
  const moves = [...moved].sort(([, x], [, y]) => y - x)
  const movedCount = moves.reduce((sum, [, times]) => sum + times, 0)
  const [loadsA, loadsB] = [before.replay.loads('mid'), after.replay.loads('mid')]
  const load = [...new Set([...loadsA.keys(), ...loadsB.keys()])]
    .map((mid) => ({ mid, a: loadsA.get(mid)?.amountFen ?? 0, b: loadsB.get(mid)?.amountFen ?? 0 }))
    .filter((one) => one.a !== one.b)
    .sort((x, y) => Math.abs(y.b - y.a) - Math.abs(x.b - x.a))
  const report = {
    payments,
    moved: movedCount,
    cost: { a: before.costFen, b: after.costFen },
    refused: { a: before.replay.refused, b: after.replay.refused },
    moves: Object.fromEntries(moves),
    load,
  }
  if (json) return void stdout.write(`${JSON.stringify(report, null, 2)}\n`)
  const rows: [string, number, number, (n: number) => string][] = [
    ['cost', before.costFen, after.costFen, amount],
    ['without a route', before.replay.refused, after.replay.refused, count],
  ]
  stdout.write(
    [
      `${count(payments)} payments, A = ${a}, B = ${b}: ${count(movedCount)} move`,
      table(
        ['', '>A', '>B', '>B - A'],
        rows.map(([name, x, y, show]) => [name, show(x), show(y), plus(y - x, show)]),
      ),
      ...(load.length === 0
        ? []
        : [
            table(
              ['MID', '>A', '>B', '>B - A'],
              load.slice(0, TOP).map((one) => [one.mid, amount(one.a), amount(one.b), plus(one.b - one.a, amount)]),
            ) + more(load.length),
          ]),
      ...(moves.length === 0
        ? []
        : [
            table(
              ['from → to', '>payments'],
              moves.slice(0, TOP).map(([way, times]) => [way, count(times)]),
            ) + more(moves.length),
          ]),
    ].join('\n\n') + '\n',
  )
}

const more = (all: number): string => (all > TOP ? `\n… and ${all - TOP} more` : '')

async function replayed(config: string, options: Omit<RouteOptions, 'config'>): Promise<Side> {
  const routing = readCompiled(config)
  const mids = new Map<string, string | null>()
  let costFen = 0
  const replay = await replayFile(routing, options, {
    each: ({ serial, mid, cost }: Answer) => {
      if (mid === undefined) return
      mids.set(serial, mid)
      costFen += typeof cost === 'number' ? cost : 0
    },
  })
  return { routing, replay, mids, costFen }
}
