import fc from 'fast-check'
import { Restarts, usualLimits } from './restarts'

test('the delays double from half a second to thirty, and end after ten', () => {
  const restarts = new Restarts()
  const delays = Array.from({ length: 11 }, () => restarts.next(0))
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 30_000, undefined])
  expect(restarts.next(600_000)).toBe(30_000)
  restarts.forget()
  expect(restarts.next(600_000)).toBe(500)
})

test('after a steady run the first delay is short again', () => {
  const restarts = new Restarts()
  restarts.next(0)
  restarts.ranFor(9_999)
  expect(restarts.next(1)).toBe(1_000)
  restarts.ranFor(10_000)
  expect(restarts.next(2)).toBe(500)
})

test('never more than the limit within the time, whatever dies when', () => {
  const { limit, withinMs, mostMs } = usualLimits
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(200_000), fc.nat(20_000)), { maxLength: 60 }), (deaths) => {
      const restarts = new Restarts()
      const starts: number[] = []
      let nowMs = 0
      for (const [pauseMs, ranMs] of deaths) {
        nowMs += pauseMs
        restarts.ranFor(ranMs)
        const delayMs = restarts.next(nowMs)
        if (delayMs === undefined) continue
        expect(delayMs).toBeLessThanOrEqual(mostMs)
        starts.push(nowMs)
      }
      for (const at of starts)
        expect(starts.filter((other) => other > at - withinMs && other <= at).length).toBeLessThanOrEqual(limit)
    }),
  )
})
