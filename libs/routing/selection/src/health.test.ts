import { foldHealth, FRESH, successPpm, type MinSuccess } from './health'
import type { PoolHealth } from './types'

const RULE: MinSuccess = { ppm: 900_000, window: 20, minSamples: 10 }
const after = (outcomes: string, health: PoolHealth = FRESH, probe = false) =>
  [...outcomes].reduce((state, mark) => foldHealth(state, RULE, { ok: mark === '1', probe }), health)

test('out below the rate, once there are enough samples', () => {
  expect(after('000000000').out).toBe(false)
  expect(after('0000000000').out).toBe(true)
  expect(after('1111111110').out).toBe(false)
  expect(after('1111111100').out).toBe(true)
})

test('only the last `window` outcomes count', () => {
  const failing = '0' + '1'.repeat(9)
  expect(after(failing).recent).toHaveLength(10)
  expect(after(failing + '1'.repeat(30)).recent).toBe('1'.repeat(20))
  expect(after('1'.repeat(18) + '00').out).toBe(false)
  expect(after('1'.repeat(18) + '000').out).toBe(true)
})

test('back when the last 20 probes are better than asked for, with an empty window; other outcomes are not looked at meanwhile', () => {
  const out = after('0000000000')
  expect(after('1'.repeat(50), out)).toEqual(out)
  expect(after('1'.repeat(19), out, true).out).toBe(true)
  expect(after('1'.repeat(20), out, true)).toEqual(FRESH)
  // 900,000 + 20,000 of 20 are 18.4: 18 are not enough, 19 are.
  expect(after(`00${'1'.repeat(18)}`, out, true).out).toBe(true)
  expect(after(`00${'1'.repeat(19)}`, out, true)).toEqual(FRESH)
  expect(
    foldHealth({ ...out, probes: '1'.repeat(19) }, { ...RULE, ppm: 1_000_000 }, { ok: true, probe: true }),
  ).toEqual(FRESH)
})

test('a share rounds down and compares exactly', () => {
  expect(successPpm('')).toBe(1_000_000)
  expect(successPpm('110')).toBe(666_666)
  expect(
    foldHealth(
      { recent: '11', out: false, probes: '' },
      { ppm: 666_667, window: 3, minSamples: 3 },
      { ok: false, probe: false },
    ).out,
  ).toBe(true)
  expect(
    foldHealth(
      { recent: '11', out: false, probes: '' },
      { ppm: 666_666, window: 3, minSamples: 3 },
      { ok: false, probe: false },
    ).out,
  ).toBe(false)
})
