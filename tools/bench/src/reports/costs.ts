import { figure } from '../report/table'

/** What something took: by the clock, and of processors. On a busy machine the clock says little. */
export interface Cost {
  seconds: number
  nodeCpu: number
  postgresCpu: number
}

export const COST_HEADS = ['time', 'CPU s, Node', 'CPU s, PostgreSQL', 'CPU s, both']
export const cpuOf = ({ nodeCpu, postgresCpu }: Cost): number => nodeCpu + postgresCpu

export const costCells = (cost: Cost): string[] => [
  `${figure(cost.seconds)} s`,
  figure(cost.nodeCpu),
  figure(cost.postgresCpu),
  figure(cpuOf(cost)),
]

/** The one that the clock likes best: what others on the machine took is least in it. */
export const fastest = <T extends Cost>(all: readonly T[]): T => all.toSorted((a, b) => a.seconds - b.seconds)[0]!

/** CPU seconds per row against those of the least size: 1 is linear. */
export function linearity(sizes: readonly { rows: number; cost: Cost }[]): { rows: number; ratio: number }[] {
  const [least, ...more] = sizes.toSorted((a, b) => a.rows - b.rows)
  if (least === undefined) return []
  const perRow = ({ rows, cost }: { rows: number; cost: Cost }) => cpuOf(cost) / rows
  return more.map((one) => ({ rows: one.rows, ratio: perRow(one) / perRow(least) }))
}
