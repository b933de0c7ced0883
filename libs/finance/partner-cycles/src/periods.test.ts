import fc from 'fast-check'
import { periodLabel, periodOf, dayAfter } from './periods'

test.each`
  cycle        | date            | from            | to              | label
  ${'day'}     | ${'2026-11-17'} | ${'2026-11-17'} | ${'2026-11-17'} | ${'2026-11-17'}
  ${'week'}    | ${'2026-11-22'} | ${'2026-11-16'} | ${'2026-11-22'} | ${'2026-W47'}
  ${'week'}    | ${'2026-12-31'} | ${'2026-12-28'} | ${'2027-01-03'} | ${'2026-W53'}
  ${'week'}    | ${'2024-12-30'} | ${'2024-12-30'} | ${'2025-01-05'} | ${'2025-W01'}
  ${'month'}   | ${'2028-02-10'} | ${'2028-02-01'} | ${'2028-02-29'} | ${'2028-02'}
  ${'quarter'} | ${'2026-12-01'} | ${'2026-10-01'} | ${'2026-12-31'} | ${'2026-Q4'}
`('$cycle of $date: $label', ({ cycle, date, from, to, label }) => {
  expect(periodOf(cycle, date)).toEqual({ from, to })
  expect(periodLabel(cycle, { from, to })).toBe(label)
})

test('a part of a period is named by its dates', () =>
  expect(periodLabel('month', { from: '2026-11-01', to: '2026-11-17' })).toBe('2026-11-01..2026-11-17'))

test('periods follow each other without a gap, each with a name of its own', () =>
  fc.assert(
    fc.property(
      fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'quarter' as const),
      fc.integer({ min: 0, max: 30_000 }),
      (cycle, day) => {
        const period = periodOf(cycle, dayAfter('1990-01-01', day))
        const next = periodOf(cycle, dayAfter(period.to))
        expect(next.from).toBe(dayAfter(period.to))
        expect(periodLabel(cycle, next)).not.toBe(periodLabel(cycle, period))
      },
    ),
  ))
