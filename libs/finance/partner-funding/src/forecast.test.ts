import fc from 'fast-check'
import { forecast, QUARTERS } from './forecast'

/** Days made by hand: from–to (clock) spends so many yuan a quarter of an hour. */
function day(...spans: [from: string, to: string, yuan: number][]): number[] {
  const quarterOf = (clock: string) => Number(clock.slice(0, 2)) * 4 + Number(clock.slice(3)) / 15
  const fen = Array.from({ length: QUARTERS }, () => 0)
  for (const [from, to, yuan] of spans) for (let q = quarterOf(from); q < quarterOf(to); q++) fen[q]! += yuan * 100
  return fen
}
const minute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
const clock = (m: number | undefined) =>
  m === undefined ? 'lasts' : `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`

const lunch = day(['11:00', '14:00', 100], ['17:00', '20:00', 200])

test.each`
  _case                                                              | now        | left    | today                            | usual        | ends       | expected
  ${'evenly, without a usual day: 100 an hour, 300 left'}            | ${'12:00'} | ${300}  | ${day(['00:00', '12:00', 25])}   | ${undefined} | ${'15:00'} | ${2400}
  ${'the same with 1,200 left lasts to the very end'}                | ${'12:00'} | ${1201} | ${day(['00:00', '12:00', 25])}   | ${undefined} | ${'lasts'} | ${2400}
  ${'along the usual curve: nothing is spent between meals'}         | ${'14:00'} | ${1}    | ${lunch}                         | ${lunch}     | ${'17:00'} | ${3600}
  ${'dinner as usual takes 2,400: with 2,000 left it ends at 19:30'} | ${'14:00'} | ${2000} | ${lunch}                         | ${lunch}     | ${'19:30'} | ${3600}
  ${'twice the usual lunch lets expect twice the dinner'}            | ${'14:00'} | ${2000} | ${day(['11:00', '14:00', 200])}  | ${lunch}     | ${'18:15'} | ${7200}
  ${'half of it: the balance lasts'}                                 | ${'14:00'} | ${2000} | ${day(['11:00', '14:00', 50])}   | ${lunch}     | ${'lasts'} | ${1800}
  ${'before the usual day begins it comes as usual'}                 | ${'09:00'} | ${600}  | ${day()}                         | ${lunch}     | ${'12:30'} | ${3600}
  ${'in the middle of a quarter of an hour'}                         | ${'12:07'} | ${100}  | ${day(['11:00', '12:00', 100])}  | ${undefined} | ${'15:08'} | ${792}
  ${'nothing left: now'}                                             | ${'12:00'} | ${0}    | ${day(['11:00', '12:00', 100])}  | ${undefined} | ${'12:00'} | ${800}
  ${'nothing spent'}                                                 | ${'12:00'} | ${100}  | ${day()}                         | ${undefined} | ${'lasts'} | ${0}
  ${'refunds outweigh: nothing is expected to be spent'}             | ${'12:00'} | ${100}  | ${day(['11:00', '12:00', -100])} | ${undefined} | ${'lasts'} | ${-400}
`('$_case', ({ now, left, today, usual, ends, expected }) => {
  const found = forecast({ nowMinute: minute(now), availableFen: left * 100, todayFen: today, usualFen: usual })
  expect([clock(found.endsAtMinute), Math.round(found.expectedTodayFen / 100)]).toEqual([ends, expected])
})

const anyDay = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: QUARTERS, maxLength: QUARTERS })

test('more money never ends earlier; what is expected is at least what was spent; the end is not before now', () =>
  fc.assert(
    fc.property(
      anyDay,
      fc.option(anyDay, { nil: undefined }),
      fc.nat({ max: 1439 }),
      fc.nat({ max: 100_000_000 }),
      fc.nat({ max: 1_000_000 }),
      (todayFen, usualFen, nowMinute, availableFen, more) => {
        const ask = { todayFen, nowMinute, ...(usualFen ? { usualFen } : {}) }
        const [poor, rich] = [availableFen, availableFen + more].map((fen) => forecast({ ...ask, availableFen: fen }))
        expect(rich!.endsAtMinute ?? 1440).toBeGreaterThanOrEqual(poor!.endsAtMinute ?? 1440)
        expect(poor!.endsAtMinute ?? 1440).toBeGreaterThanOrEqual(nowMinute)
        expect(poor!.expectedTodayFen).toBeGreaterThanOrEqual(poor!.spentTodayFen)
        // It ends today exactly when more is expected to be spent from now on than there is.
        const ahead = poor!.expectedTodayFen - poor!.spentTodayFen
        if (poor!.endsAtMinute === undefined) expect(ahead).toBeLessThanOrEqual(availableFen + 1)
        else expect(ahead + 1).toBeGreaterThanOrEqual(Math.min(availableFen, ahead + 1))
      },
    ),
  ))
