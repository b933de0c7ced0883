import { businessDatesDueOn, daysFromTo, settlementDateOf } from './settlement-date'

test.each`
  _case                                           | businessDate    | date
  ${'a Tuesday is settled on Wednesday'}          | ${'2026-11-24'} | ${'2026-11-25'}
  ${'Friday waits for Monday'}                    | ${'2026-10-23'} | ${'2026-10-26'}
  ${'so does Sunday'}                             | ${'2026-10-25'} | ${'2026-10-26'}
  ${'before the National Day holidays'}           | ${'2026-09-30'} | ${'2026-10-08'}
  ${'a Saturday that is worked is a working day'} | ${'2026-10-09'} | ${'2026-10-10'}
  ${'and so is a Sunday that is worked'}          | ${'2026-09-19'} | ${'2026-09-20'}
  ${'over the end of the calendar'}               | ${'2026-12-31'} | ${'2027-01-01'}
`('$_case: $businessDate → $date', ({ businessDate, date }) => {
  expect(settlementDateOf(businessDate).date).toBe(date)
})

test('outside the calendar it is Monday to Friday, and says so', () => {
  expect(settlementDateOf('2031-10-03')).toEqual({
    date: '2031-10-06',
    warning: expect.stringContaining('Monday to Friday'),
  })
  expect(settlementDateOf('2026-12-30').warning).toBeUndefined()
})

test('every date is due on exactly one date', () => {
  for (const date of daysFromTo('2025-12-20', '2026-12-20'))
    expect(businessDatesDueOn(settlementDateOf(date).date)).toContain(date)
  expect(businessDatesDueOn('2026-10-24')).toEqual([])
  expect(businessDatesDueOn('2026-10-08')).toEqual(daysFromTo('2026-09-30', '2026-10-07'))
})
