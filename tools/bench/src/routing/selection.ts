import { fork } from 'node:child_process'
import type { Report } from '../parts/part'
import { figure, goal, table } from '../report/table'
import { CHANNELS, MIDS, POOLS } from './document'

/** Payments for which each peer has to say the same MIDs as Lijian. */
export const CHECKED = 200

export interface SelectionFigures {
  name: string
  p50Ns: number
  p99Ns: number
  /** NaN: it gives no route, it only filters. */
  routed: number
  bytes: number
}

/** One selection in process, MIDs empty and nearly full, beside two rule engines that do the hard filters over the same MIDs. */
export async function selection(payments: number, say: (line: string) => void): Promise<Report> {
  say(`routing: ${figure(payments)} selections in process, beside json-rules-engine and zen-engine`)
  return { title: 'Routing: one selection in process', body: selectionBody(await run(payments), payments) }
}

/** The figures of Lijian at 0 %, 95 % and nearly full, then those of the peers. */
export function selectionBody(all: readonly SelectionFigures[], payments: number): string {
  const [empty, near] = all as [SelectionFigures, SelectionFigures]
  const isOurs = ({ routed }: SelectionFigures) => !Number.isNaN(routed)
  const best = all.filter((one) => !isOurs(one)).reduce((a, b) => (a.p50Ns < b.p50Ns ? a : b))
  const p50Ns = Math.max(empty.p50Ns, near.p50Ns)
  const rows = all.map((one) => [
    one.name,
    figure(one.p50Ns / 1_000),
    figure(one.p99Ns / 1_000),
    figure(one.routed),
    figure(one.bytes),
  ])
  return [
    `${POOLS} pools (one of each order, each first for a third of the payments) × ${MIDS} MIDs × ${CHANNELS} channels, ${figure(payments)} payments each. Lijian filters, orders and reserves; the peers filter only, with the same MIDs as result (checked on ${CHECKED} payments). Bytes: JavaScript's heap.`,
    [
      `- empty and at 95 %: p50 ${goal(p50Ns / 1_000, '≤', 5)} µs, p99 ${goal(Math.max(empty.p99Ns, near.p99Ns) / 1_000, '≤', 50)} µs`,
      `- against the better peer (${best.name.split(',')[0]}): ${goal(best.p50Ns / p50Ns, '≥', 10)} × as fast`,
    ].join('\n'),
    table(['what', 'p50 µs', 'p99 µs', 'routed', 'bytes each'], rows),
  ].join('\n\n')
}

function run(payments: number): Promise<SelectionFigures[]> {
  return new Promise((resolve, reject) => {
    const child = fork(require.resolve('./selection-process'), [String(payments)], {
      // NaN comes over as NaN; and nothing is collected while bytes are counted.
      serialization: 'advanced',
      execArgv: ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'],
    })
    child.once('message', (message) => resolve(message as SelectionFigures[]))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the selection process ended with code ${code}`)))
  })
}
