import * as fc from 'fast-check'
import { Histogram } from './histogram'

test('the quantiles of 1 to 1,000 ms are the values themselves, to the bucket', () => {
  const histogram = new Histogram()
  for (let ms = 1; ms <= 1_000; ms++) histogram.addMs(ms)
  const { count, p50Us, p95Us, p99Us, maxUs } = histogram.summary()
  expect({ count, maxUs }).toEqual({ count: 1_000, maxUs: 1_000_000 })
  for (const [got, exact] of [
    [p50Us, 500_000],
    [p95Us, 950_000],
    [p99Us, 990_000],
  ] as const) {
    expect(got).toBeGreaterThanOrEqual(exact)
    expect(got).toBeLessThanOrEqual(exact * 1.017)
  }
})

test('an empty histogram says nothing', () => {
  expect(new Histogram().summary()).toEqual({ count: 0, p50Us: 0, p95Us: 0, p99Us: 0, maxUs: 0 })
})

test('a single value is every quantile', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 600_000_000 }), (us) => {
      const histogram = new Histogram()
      histogram.addMs(us / 1_000)
      expect(histogram.summary()).toEqual({ count: 1, p50Us: us, p95Us: us, p99Us: us, maxUs: us })
    }),
  )
})
