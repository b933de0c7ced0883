import { inChinese } from '../system/chinese'
import { clearingLayout } from './clearing-layout'
import { fieldErrors } from '../system/field-errors'

const layout = {
  code: 'bank',
  form: { type: 'delimited', delimiter: '|' },
  encoding: 'utf-8',
  amounts: 'fen',
  columns: [{ field: 'serial' }, { field: 'originalSerial' }, { field: 'settle' }],
  fileName: '{system}-{kind}-{date}-{version}.txt',
}
const fixed = { ...layout, form: { type: 'fixed' }, columns: layout.columns.map((one) => ({ ...one, width: 64 })) }

function faults(changed: object): [string, string][] {
  const document = { ...layout, ...changed }
  const parsed = clearingLayout.safeParse(document)
  if (parsed.success) return []
  return fieldErrors(parsed.error.issues, document, { showFound: false }).map(({ path, message }) => [path, message])
}

test('the smallest layout', () => {
  expect(faults({})).toEqual([])
  expect(faults(fixed)).toEqual([])
  expect(
    faults({
      rows: 'settlement',
      columns: [{ field: 'merchant' }, { field: 'payout' }],
      fileName: '{settlementDate}v{version}',
    }),
  ).toEqual([])
})

test.each`
  _case                                       | changed                                                                                     | path                     | says
  ${'what the proof adds up is missing'}      | ${{ columns: [{ field: 'serial' }, { field: 'originalSerial' }] }}                          | ${'columns'}             | ${'"settle"'}
  ${'amounts that do not tell their sign'}    | ${{ reverseAmounts: 'positive' }}                                                           | ${'columns'}             | ${'"event"'}
  ${'two dates would have one name'}          | ${{ fileName: '{system}-{kind}-{version}' }}                                                | ${'fileName'}            | ${'{date}'}
  ${'a name that leaves the folder'}          | ${{ fileName: 'a/{system}{kind}{date}{version}' }}                                          | ${'fileName'}            | ${'letters'}
  ${'a name that no folder takes'}            | ${{ fileName: `{system}{kind}{date}{version}${'x'.repeat(150)}` }}                          | ${'fileName'}            | ${'at most 230'}
  ${'a hidden file'}                          | ${{ fileName: '.{system}{kind}{date}{version}' }}                                           | ${'fileName'}            | ${'no leading dot'}
  ${'a mark that the encoding does not have'} | ${{ encoding: 'gb18030', byteOrderMark: true }}                                             | ${'byteOrderMark'}       | ${'false'}
  ${'a column of other rows'}                 | ${{ columns: [...layout.columns, { field: 'payout' }] }}                                    | ${'columns[3].field'}    | ${'a field of these rows'}
  ${'a column of nothing'}                    | ${{ columns: [...layout.columns, { title: 'x' }] }}                                         | ${'columns[3]'}          | ${'either'}
  ${'a delimiter in a constant'}              | ${{ columns: [...layout.columns, { constant: 'a|b' }] }}                                    | ${'columns[3].constant'} | ${'no delimiter'}
  ${'a delimiter that names could be'}        | ${{ form: { type: 'delimited', delimiter: 'a' } }}                                          | ${'form.delimiter'}      | ${'one of , ;'}
  ${'two words that look the same'}           | ${{ columns: [...layout.columns, { field: 'event', values: { void: '1', refund: '1' } }] }} | ${'columns[3].values'}   | ${'each value once'}
  ${'words for an amount'}                    | ${{ columns: [...layout.columns, { field: 'amount', values: { void: '1' } }] }}             | ${'columns[3].values'}   | ${'a word'}
  ${'a width that does nothing'}              | ${{ columns: [...layout.columns, { field: 'event', width: 3 }] }}                           | ${'columns[3].width'}    | ${'only with fixed width'}
  ${'fixed width without a width'}            | ${{ ...fixed, columns: [...fixed.columns, { field: 'event' }] }}                            | ${'columns[3].width'}    | ${'the width in bytes'}
  ${'zeros before a name'}                    | ${{ ...fixed, columns: [...fixed.columns, { field: 'offerName', width: 9, pad: '0' }] }}    | ${'columns[3].pad'}      | ${'a space here'}
  ${'a constant that is too wide'}            | ${{ ...fixed, trailer: [{ constant: 'END', width: 2 }] }}                                   | ${'trailer[0].constant'} | ${'at most 2'}
  ${'titles have no width'}                   | ${{ ...fixed, titles: true }}                                                               | ${'titles'}              | ${'false'}
`('$_case: $path', ({ changed, path, says }) => {
  const found = faults(changed)
  expect(found).toEqual([[path, expect.stringContaining(says)]])
  // In Chinese nothing is left of the English words.
  expect(inChinese(found[0]![1]).replaceAll(/"[^"]*"|\{[^}]*\}|[a-z]+[A-Z]\w*|false|\w+(?=,|$)/g, '')).not.toMatch(
    /[a-z]{5,}/,
  )
})

test('every fault is told at once', () => {
  expect(faults({ columns: [{ title: 'x', width: 1 }], fileName: 'x' }).map(([path]) => path)).toEqual([
    ...['columns[0]', 'columns[0].width', 'columns', 'columns', 'columns'],
    ...['fileName', 'fileName', 'fileName', 'fileName'],
  ])
})
