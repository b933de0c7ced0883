import fc from 'fast-check'
import { curveOf, historyOf, historyOfLooks } from './curve'
import { forecast } from './forecast'

const curveOfLooks = (minutes: number[], values: number[]) => historyOfLooks([{ minutes, values }])!.curve
const even = (perMinute: number) =>
  curveOf(Array.from({ length: 1440 }, (_, minute) => ({ minute, amountFen: perMinute })))

test('between two looks a counter has grown evenly; before the first from nothing, after the last not at all', () => {
  const curve = curveOfLooks([60, 120, 1440], [600, 600, 1260])
  expect([0, 59, 60, 119, 120, 779, 1439].map((minute) => Math.round(curve[minute]!))).toEqual([
    10, 600, 600, 600, 601, 930, 1260,
  ])
  expect(curveOfLooks([60], [600])[1439]).toBe(600)
  // A clock that is set back shows 60 again.
  expect(curveOfLooks([60, 90, 60, 120], [60, 90, 95, 120])[119]).toBe(120)
})

test('looks at every minute of several days are the payments of these days themselves', () => {
  const payments = fc.array(fc.record({ minute: fc.nat({ max: 1439 }), amountFen: fc.nat({ max: 1e9 }) }))
  const minutes = Array.from({ length: 1440 }, (_, i) => i + 1)
  fc.assert(
    fc.property(fc.array(payments, { maxLength: 4 }), (days) => {
      const curves = days.map(curveOf)
      const [looked, known] = [
        historyOfLooks(curves.map((curve) => ({ minutes, values: [...curve] }))),
        historyOf(curves),
      ]
      expect(looked?.days).toBe(known?.days)
      for (let m = 0; m < 1440; m++)
        expect(Math.abs((looked?.curve[m] ?? 0) - (known?.curve[m] ?? 0))).toBeLessThan(0.01)
    }),
    { numRuns: 30 },
  )
})

test('several days: the day between them; a day without anything says nothing of the shape', () => {
  const asked = { hours: undefined, soFar: 7200, minute: 720, limit: 12_000 }
  const told = forecast({ ...asked, history: historyOf([even(5), even(15), new Float64Array(1440)]) })
  expect(told).toEqual({ fullAtMinute: 1187, expected: 14_400, basis: 'same_weekday', days: 2 })
  // Nothing yet today and nothing by then on those days: as they were, 10 a minute.
  expect(forecast({ ...asked, history: historyOf([even(5), even(15)]), soFar: 0, minute: 0 }).expected).toBe(14_400)
})

test('without such a day: today’s pace over the hours in which it is open', () => {
  const hours = new Uint8Array(1440).fill(1, 600, 1200)
  const asked = { history: undefined, hours, soFar: 3000, minute: 900, limit: 5000 }
  expect(forecast(asked)).toEqual({ fullAtMinute: 1094, expected: 6000, basis: 'pace', days: 0 })
  expect(forecast({ ...asked, limit: 6100 })).toMatchObject({ fullAtMinute: null })
  expect(forecast({ ...asked, minute: 500, soFar: 0 })).toEqual({
    fullAtMinute: null,
    expected: 0,
    basis: 'pace',
    days: 0,
  })
})

test('the more is taken, the sooner it is full', () => {
  const figures = fc.record({
    soFar: fc.nat({ max: 20_000 }),
    more: fc.nat({ max: 5000 }),
    minute: fc.nat({ max: 1439 }),
    perMinute: fc.array(fc.nat({ max: 20 }), { maxLength: 3 }),
  })
  fc.assert(
    fc.property(figures, ({ soFar, more, minute, perMinute }) => {
      const asked = { history: historyOf(perMinute.map(even)), hours: undefined, minute, limit: 15_000 }
      const at = (taken: number) => forecast({ ...asked, soFar: taken }).fullAtMinute ?? Infinity
      expect(at(soFar + more)).toBeLessThanOrEqual(at(soFar))
    }),
  )
})
