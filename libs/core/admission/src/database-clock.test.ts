import { DatabaseClock } from './database-clock'

const HOUR = 3_600_000

test('a slow answer does not put the clock back, a quicker one puts it forward', () => {
  const clock = new DatabaseClock()
  const ahead = () => clock.nowMs() - performance.now()
  clock.hear(HOUR + 1000, 1000)
  expect(ahead()).toBeCloseTo(HOUR, 0)
  clock.hear(HOUR + 1900, 2000)
  expect(ahead()).toBeCloseTo(HOUR, 0)
  clock.hear(HOUR + 3005, 3000)
  expect(ahead()).toBeCloseTo(HOUR + 5, 0)
})

test('another server with another clock is believed after a minute', () => {
  const clock = new DatabaseClock()
  clock.hear(HOUR, 0)
  clock.hear(30_000, 30_000)
  expect(clock.nowMs() - performance.now()).toBeCloseTo(HOUR, 0)
  clock.hear(61_000, 61_000)
  expect(clock.nowMs() - performance.now()).toBeCloseTo(0, 0)
})

test('nothing heard yet: this machine says', () => {
  const clock = new DatabaseClock()
  expect(clock.isKnown).toBe(false)
  expect(Math.abs(clock.nowMs() - Date.now())).toBeLessThan(1000)
})
