import type { PartnerLine } from '@lijian/contracts/finance'
import { fundingWarnings } from './warnings'

const line = (balance: number, more: Partial<PartnerLine> = {}): PartnerLine => ({
  code: 'CCB',
  name: 'CCB',
  kind: 'bank',
  paymentMode: 'prepay',
  currency: 'CNY',
  status: 'active',
  balance,
  creditLine: 0,
  held: 0,
  used: 0,
  available: balance,
  ...more,
})
const none = { spentTodayFen: 0, expectedTodayFen: 0 }

test.each`
  _case                                  | balance    | paidIn     | below     | ppm        | endsAt       | more                                   | found
  ${'enough of everything'}              | ${100_000} | ${100_000} | ${50_000} | ${200_000} | ${undefined} | ${{}}                                  | ${[]}
  ${'on the amount is not below it'}     | ${50_000}  | ${100_000} | ${50_000} | ${null}    | ${undefined} | ${{}}                                  | ${[]}
  ${'one fen below the amount'}          | ${49_999}  | ${100_000} | ${50_000} | ${null}    | ${undefined} | ${{}}                                  | ${['the balance 499.99 is below 500.00']}
  ${'below a fifth of what was paid in'} | ${19_999}  | ${100_000} | ${null}   | ${200_000} | ${undefined} | ${{}}                                  | ${['the balance 199.99 is below 20 % of what was paid in']}
  ${'ends today'}                        | ${100_000} | ${100_000} | ${null}   | ${null}    | ${1180}      | ${{}}                                  | ${["at today's pace the balance ends at 19:40"]}
  ${'in yen'}                            | ${49_999}  | ${100_000} | ${50_000} | ${null}    | ${undefined} | ${{ currency: 'JPY' }}                 | ${['the balance 49999 is below 50000']}
  ${'nothing left'}                      | ${0}       | ${100_000} | ${null}   | ${null}    | ${600}       | ${{}}                                  | ${['nothing is left: its offers are refused']}
  ${'a credit line is left'}             | ${0}       | ${100_000} | ${null}   | ${null}    | ${undefined} | ${{ creditLine: 500, available: 500 }} | ${[]}
  ${'one that never paid in'}            | ${0}       | ${0}       | ${50_000} | ${null}    | ${undefined} | ${{}}                                  | ${[]}
  ${'one that is closed'}                | ${0}       | ${100_000} | ${50_000} | ${null}    | ${undefined} | ${{ status: 'closed' }}                | ${[]}
`('$_case', ({ balance, paidIn, below, ppm, endsAt, more, found }) => {
  const forecast = endsAt === undefined ? none : { ...none, endsAtMinute: endsAt }
  const ask = { line: line(balance, more), paidInFen: paidIn, warnBelowFen: below, warnBelowPpm: ppm, forecast }
  expect(fundingWarnings({ ...ask, instantOf: (m) => `minute ${m}` }).map(({ say }) => say)).toEqual(found)
})
