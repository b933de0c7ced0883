import { eventLine, paymentLine } from '@lijian/contracts/marketing'
import { Random } from '../data/random'
import { paymentLines } from './payment-lines'

const FILE = { lines: 3_000, merchants: ['M1', 'M2'], bins: ['622166', '6228100'] }

test('the same seed gives the same lines, all of them lines that evaluate takes', () => {
  for (const mixed of [false, true]) {
    const lines = [...paymentLines(new Random(7), { ...FILE, mixed })]
    expect(lines).toEqual([...paymentLines(new Random(7), { ...FILE, mixed })])
    expect(lines).toHaveLength(FILE.lines)
    for (const text of lines) {
      const line = JSON.parse(text) as object
      expect(('event' in line ? eventLine : paymentLine).safeParse(line).error).toBeUndefined()
    }
  }
})
