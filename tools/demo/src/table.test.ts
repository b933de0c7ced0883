import { yuan } from './money'
import { tableOf, widthOf } from './table'

test.each`
  text           | width
  ${'abc'}       | ${3}
  ${'满100减15'} | ${9}
  ${'（沪）'}    | ${6}
  ${'−'}         | ${1}
  ${''}          | ${0}
`('"$text" takes $width columns of a terminal', ({ text, width }) => expect(widthOf(text)).toBe(width))

test('columns stand under each other, Chinese or not; numbers to the right; cells of two lines', () =>
  expect(
    tableOf(
      [{ head: 'offer' }, { head: 'yuan', right: true }, { head: 'why not' }],
      [
        ['满减', '5.00', ''],
        ['A\nB', '1,115.00', 'none'],
      ],
    ),
  ).toEqual(['offer      yuan  why not', '─────  ────────  ───────', '满减       5.00', 'A      1,115.00  none', 'B']))

test.each`
  amountFen    | text
  ${0}         | ${'0.00'}
  ${9}         | ${'0.09'}
  ${100}       | ${'1.00'}
  ${99999}     | ${'999.99'}
  ${100000}    | ${'1,000.00'}
  ${123456789} | ${'1,234,567.89'}
  ${-150}      | ${'-1.50'}
`('$amountFen fen are $text yuan', ({ amountFen, text }) => expect(yuan(amountFen)).toBe(text))
