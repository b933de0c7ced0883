import { markdownTable, textTable } from './text-table'

test.each`
  text           | width
  ${'abc'}       | ${3}
  ${'满100减15'} | ${9}
  ${'（沪）'}    | ${6}
  ${'−'}         | ${1}
  ${'é'}         | ${1}
  ${''}          | ${0}
`('"$text" takes $width columns of a terminal', ({ text, width }: { text: string; width: number }) =>
  expect(textTable([{ head: '' }, { head: '|' }], [[text, '|']])).toEqual([`${' '.repeat(width)}  |`, `${text}  |`]),
)

const columns = [{ head: 'offer' }, { head: 'yuan', right: true }, { head: 'why not' }]
const rows = [
  ['满减', '5.00', ''],
  ['A\nB', '1,115.00', 'none'],
]

test('columns stand under each other, Chinese or not; numbers to the right; cells of two lines', () => {
  const body = ['满减       5.00', 'A      1,115.00  none', 'B']
  expect(textTable(columns, rows)).toEqual(['offer      yuan  why not', ...body])
  expect(textTable(columns, rows, { rule: true })).toEqual([
    'offer      yuan  why not',
    '─────  ────────  ───────',
    ...body,
  ])
})

test('a table without rows is its heads', () => expect(textTable(columns, [])).toEqual(['offer  yuan  why not']))

test('Markdown lines up, too', () =>
  expect(
    markdownTable(
      ['what', 'µs'],
      [
        ['no offer', '9.73'],
        ['满减', '16'],
      ],
    ),
  ).toBe(['| what     | µs   |', '| -------- | ---- |', '| no offer | 9.73 |', '| 满减     | 16   |'].join('\n')))
