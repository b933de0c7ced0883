import fc from 'fast-check'
import { afterProbe, isSlow, MOST_REST_MS, QUICK_MS, restMs, START, type ShareState } from './share'

const probes = fc.array(fc.double({ min: 0.01, max: 60_000, noNaN: true }), { maxLength: 200 })
const leasts = fc.integer({ min: 1, max: 100 }).map((percent) => percent / 100)
const after = (found: readonly number[], least: number, from: ShareState = START) =>
  found.reduce((state, probeMs) => afterProbe(state, probeMs, least), from)

test('the share stays between the least and 1, whatever probes say', () => {
  fc.assert(
    fc.property(probes, leasts, (found, least) => {
      let state = START
      for (const probeMs of [...found, Infinity]) {
        state = afterProbe(state, probeMs, least)
        expect(state.share).toBeGreaterThanOrEqual(least)
        expect(state.share).toBeLessThanOrEqual(1)
      }
    }),
  )
})

test('quick probes never slow, and bring the share back to 1', () => {
  const quick = fc.array(fc.double({ min: 0.01, max: QUICK_MS, noNaN: true }), { minLength: 50, maxLength: 80 })
  fc.assert(
    fc.property(probes, quick, (before, calm) => {
      const state = after(before, 0.05)
      let { share } = state
      for (const next of calm.map((_, i) => after(calm.slice(0, i + 1), 0.05, state).share)) {
        expect(next).toBeGreaterThanOrEqual(share)
        share = next
      }
      expect(share).toBe(1)
    }),
  )
})

test('a steady road of any length never slows', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 500, noNaN: true }),
      fc.array(fc.double({ min: 1, max: 2.9, noNaN: true })),
      (roadMs, times) => {
        const { share, isStarting } = after([roadMs, ...times.map((more) => roadMs * more)], 0.05)
        expect(share).toBe(Math.min(1, START.share * 2 ** (times.length + 1)))
        expect(isStarting).toBe(true)
      },
    ),
  )
})

test('a slow probe halves, down to the least', () => {
  fc.assert(
    fc.property(probes, leasts, (before, least) => {
      const state = after([1, ...before], least)
      const slowMs = Math.max(QUICK_MS, state.bestMs * 3) + 1
      expect(isSlow(state, slowMs)).toBe(true)
      expect(afterProbe(state, slowMs, least).share).toBe(Math.max(least, state.share / 2))
    }),
  )
})

test('a rest keeps the share, and is never longer than the most', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), leasts, (workMs, share) => {
      const rest = restMs(workMs, share)
      expect(rest).toBeLessThanOrEqual(MOST_REST_MS)
      if (rest < MOST_REST_MS) expect(workMs).toBeCloseTo((workMs + rest) * share, 6)
    }),
  )
})
