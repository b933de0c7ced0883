import { figure, goal } from './table'

test.each`
  _case                             | value        | expected
  ${'three digits below 100'}       | ${9.7349}    | ${'9.73'}
  ${'small values keep their size'} | ${0.0004567} | ${'0.000457'}
  ${'whole from 100 on'}            | ${12_345.6}  | ${'12,346'}
  ${'nothing was measured'}         | ${NaN}       | ${'–'}
`('figures: $_case', ({ value, expected }: { value: number; expected: string }) => expect(figure(value)).toBe(expected))

test.each`
  _case                     | value    | kind   | wanted | expected
  ${'at the least is met'}  | ${0.4}   | ${'≥'} | ${0.4} | ${'0.4 (goal ≥ 0.4: met)'}
  ${'just below is missed'} | ${0.399} | ${'≥'} | ${0.4} | ${'0.399 (goal ≥ 0.4: missed)'}
  ${'at the most is met'}   | ${50}    | ${'≤'} | ${50}  | ${'50 (goal ≤ 50: met)'}
  ${'just above is missed'} | ${50.1}  | ${'≤'} | ${50}  | ${'50.1 (goal ≤ 50: missed)'}
`(
  'goals: $_case',
  ({ value, kind, wanted, expected }: { value: number; kind: '≥' | '≤'; wanted: number; expected: string }) =>
    expect(goal(value, kind, wanted)).toBe(expected),
)
