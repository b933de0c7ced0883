import { costCells, fastest, linearity } from './costs'

const cost = (seconds: number, nodeCpu: number, postgresCpu: number) => ({ seconds, nodeCpu, postgresCpu })

test('a cost is told by the clock, of Node, of PostgreSQL, and of both', () => {
  expect(costCells(cost(1.2345, 2, 0.5))).toEqual(['1.23 s', '2', '0.5', '2.5'])
})

test('the fastest by the clock counts', () => {
  const all = [cost(3, 1, 1), cost(2, 9, 9), cost(4, 0, 0)]
  expect(fastest(all)).toBe(all[1])
  expect(all.map(({ seconds }) => seconds)).toEqual([3, 2, 4])
})

test('five times the rows for five times the CPU seconds are linear, whatever the clock and the order', () => {
  const one = { rows: 1000, cost: cost(9, 1, 1) }
  expect(linearity([{ rows: 5000, cost: cost(1, 6, 4) }, one])).toEqual([{ rows: 5000, ratio: 1 }])
  expect(linearity([one, { rows: 5000, cost: cost(1, 12, 8) }])).toEqual([{ rows: 5000, ratio: 2 }])
  expect(linearity([one])).toEqual([])
  expect(linearity([])).toEqual([])
})
