import { nextRoundOf, type Plan } from './next-round'

const plan: Plan = { timeZone: 'Asia/Shanghai', cutOff: '24:00', clearingAfterMinutes: 30, reconciliationAt: '10:30' }
type Of = Parameters<typeof nextRoundOf>[1]['of']

test.each<[of: Of, after: string, next: string | null, differs: Partial<Plan>]>([
  ['reconciliation', '2026-12-02T02:29:59.999Z', '2026-12-02T02:30:00.000Z', {}],
  ['reconciliation', '2026-12-02T02:30:00.000Z', '2026-12-03T02:30:00.000Z', {}],
  ['reconciliation', '2026-12-02T02:30:00.000Z', '2026-12-02T03:45:00.000Z', { reconciliationAt: '11:45' }],
  // Half past midnight of the institution.
  ['clearing', '2026-12-02T12:00:00.000Z', '2026-12-02T16:30:00.000Z', {}],
  ['clearing', '2026-12-02T12:00:00.000Z', '2026-12-02T15:30:00.000Z', { cutOff: '23:00' }],
  ['clearing', '2026-12-02T12:00:00.000Z', null, { clearingAfterMinutes: 'off' }],
  ['cycles', '2026-12-02T12:19:59.999Z', '2026-12-02T12:20:00.000Z', {}],
  ['cycles', '2026-12-02T12:20:00.000Z', '2026-12-02T13:20:00.000Z', {}],
  // The clock on the wall there is half an hour apart.
  ['cycles', '2026-12-02T12:00:00.000Z', '2026-12-02T12:50:00.000Z', { timeZone: 'Asia/Kolkata' }],
  // 02:30 is skipped on this day: the change of clocks is the time; the day after it is there again.
  [
    'reconciliation',
    '2027-03-13T12:00:00.000Z',
    '2027-03-14T07:00:00.000Z',
    { timeZone: 'America/New_York', reconciliationAt: '02:30' },
  ],
  [
    'reconciliation',
    '2027-03-14T07:00:00.000Z',
    '2027-03-15T06:30:00.000Z',
    { timeZone: 'America/New_York', reconciliationAt: '02:30' },
  ],
])('%s after %s: %s', (of, after, next, differs) =>
  expect(nextRoundOf({ ...plan, ...differs }, { of, after })).toBe(next),
)
