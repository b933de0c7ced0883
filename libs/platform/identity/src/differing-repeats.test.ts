import { LijianError } from '@lijian/contracts/system'
import { DifferingRepeats } from './differing-repeats'

test('a hundred in five minutes are told as they are; then 429 for five minutes; each client by itself', () => {
  let nowMs = 0
  const [repeats, stops]: [string[], string[]] = [[], []]
  const watch = new DifferingRepeats({
    nowMs: () => nowMs,
    onRepeat: (client) => repeats.push(client),
    onStop: (client) => stops.push(client),
  })
  const differing = new LijianError('serial_reused')
  const ask = (client = 'A') => watch.refusal(client, differing).code
  for (let n = 0; n < 100; n++) expect(ask()).toBe('serial_reused')
  expect([ask(), ask(), ask('B')]).toEqual(['too_many_requests', 'too_many_requests', 'serial_reused'])
  expect(stops).toEqual(['A'])
  nowMs += 5 * 60_000 - 1
  expect(ask()).toBe('too_many_requests')
  nowMs += 2
  expect(ask()).toBe('serial_reused')
  // Slowly it is a fault, not an attack.
  for (let n = 0; n < 100; n++) {
    nowMs += 60_000
    expect(ask()).toBe('serial_reused')
  }
  expect(repeats).toHaveLength(205)
})
