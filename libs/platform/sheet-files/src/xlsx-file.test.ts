import { createHash } from 'node:crypto'
import { read, type WorkSheet } from '@e965/xlsx'
import fc from 'fast-check'
import type { Column, Row } from './columns'
import type { Sheet } from './sheet'
import { CANARIES, Kept, NOTE, SHOWING, unzip } from './testing/sheets'
import { fitText } from './text'
import { xlsxFile, type XlsxOptions } from './xlsx-file'
import { xlsxRow } from './xlsx-row'

const COLUMNS: readonly Column[] = [
  NOTE,
  { key: 'n', zh: '笔数', en: 'count', type: 'integer' },
  { key: 'yuan', zh: '金额', en: 'amount', type: 'amount', currency: 'CNY' },
  { key: 'yen', zh: '日元', en: 'yen', type: 'amount', currency: 'JPY' },
  { key: 'dinar', zh: '第纳尔', en: 'dinars', type: 'amount', currency: 'KWD' },
  { key: 'rate', zh: '费率', en: 'rate', type: 'rate' },
  { key: 'day', zh: '业务日期', en: 'business date', type: 'date' },
  { key: 'at', zh: '时间', en: 'at', type: 'instant' },
  { key: 'ok', zh: '已封', en: 'sealed', type: 'flag' },
]
const ROW: Row = {
  ...{ note: '0012', n: 1234567, yuan: -123_456, yen: '1500', dinar: 5n, rate: 6_000, day: '2026-02-28' },
  ...{ at: new Date('2026-02-28T15:59:59.999Z'), ok: true },
}

async function written(sheets: readonly Sheet[], differs: Partial<XlsxOptions> = {}) {
  const sink = new Kept()
  const told = await xlsxFile(sink, sheets, { ...SHOWING, ...differs })
  return { ...told, file: sink.bytes }
}

/** Read by SheetJS. */
const opened = (file: Buffer) => read(file, { cellNF: true, cellFormula: true, cellStyles: true, cellText: true })
const shown = (sheet: WorkSheet, row: number) =>
  Array.from(
    { length: COLUMNS.length },
    (_, i) => sheet[`${String.fromCharCode(65 + i)}${row}`]?.w as string | undefined,
  )
const texts = (sheet: WorkSheet) =>
  Object.entries(sheet)
    .filter(([cell]) => /^A\d+$/.test(cell))
    .map(([, { v }]) => v as unknown)
const notes = (count: number): Row[] => Array.from({ length: count }, (_, i) => ({ note: `row ${i + 1}` }))

test('each type is shown as people read it: yuan, yen, percent, wall clock', async () => {
  const { file } = await written([
    { name: '明细', columns: COLUMNS, rows: { rows: [ROW, {}] }, title: [['商户报表'], ['机构', '里简']] },
  ])
  const sheet = opened(file).Sheets['明细']!
  expect(shown(sheet, 1)[0]).toBe('商户报表')
  expect(shown(sheet, 2).slice(0, 2)).toEqual(['机构', '里简'])
  const heads = [
    '说明',
    '笔数',
    '金额（元）',
    '日元（JPY）',
    '第纳尔（KWD）',
    '费率',
    '业务日期',
    '时间（Asia/Shanghai）',
    '已封',
  ]
  expect(shown(sheet, 3)).toEqual(heads)
  expect(shown(sheet, 4)).toEqual([
    ...['0012', '1,234,567', '-1,234.56', '1,500', '0.005', '0.60%', '2026-02-28', '2026-02-28 23:59:59', '是'],
  ])
  // Numbers that a sheet can add up, at their value.
  expect([sheet['A4'], sheet['C4'], sheet['F4'], sheet['G4']].map(({ t, v }) => [t as string, v as unknown])).toEqual([
    ...[
      ['s', '0012'],
      ['n', -1234.56],
      ['n', 0.006],
      ['n', 46081],
    ],
  ])
  expect(shown(sheet, 5)).toEqual(COLUMNS.map(() => undefined))
  expect(sheet['!cols']![0]!.width).toBe(20)
})

test('whatever stands in a text comes back as text, and no sheet has a formula', async () => {
  const { file, rows } = await written([
    { name: 's', columns: [NOTE], rows: { rows: CANARIES.map((note) => ({ note })) } },
  ])
  expect(rows).toBe(CANARIES.length)
  const sheet = opened(file).Sheets['s']!
  const cells = CANARIES.map((_, i) => sheet[`A${i + 2}`] as { t: string; v: string; f?: string })
  expect(cells.map(({ v }) => v)).toEqual(CANARIES.map(fitText))
  expect(cells.filter(({ t, f }) => t !== 's' || f !== undefined)).toEqual([])
  const xml = unzip(file).get('xl/worksheets/sheet1.xml')!
  expect(xml).not.toContain('<f')
  // oxlint-disable-next-line no-control-regex
  expect(xml).not.toMatch(/[\u0000-\u0009\u000b-\u001f\ufffe\uffff]|\p{Cs}/u)
})

test('a cell holds at most what Excel takes', async () => {
  const { file } = await written([
    { name: 's', columns: [NOTE], rows: { rows: [{ note: '汉'.repeat(40_000) }, { note: '😀'.repeat(20_000) }] } },
  ])
  const [, long, wide] = texts(opened(file).Sheets['s']!) as string[]
  expect(long).toBe('汉'.repeat(32_767))
  expect(wide!.length).toBeLessThanOrEqual(32_767)
  expect(wide).toMatch(/^😀+$/u)
})

test('a file is a clean ZIP, and its SHA-256 and bytes are those that are told', async () => {
  const { file, bytes, sha256 } = await written([
    { name: '汇总', columns: COLUMNS, rows: { rows: [ROW] } },
    { name: '明细 & more', columns: [NOTE], rows: { rows: notes(3) } },
  ])
  expect([...unzip(file).keys()]).toEqual([
    ...['_rels/.rels', 'xl/styles.xml', 'xl/worksheets/sheet1.xml', 'xl/worksheets/sheet2.xml'],
    ...['xl/workbook.xml', 'xl/_rels/workbook.xml.rels', '[Content_Types].xml'],
  ])
  expect(bytes).toBe(file.length)
  expect(sha256).toBe(createHash('sha256').update(file).digest('hex'))
  expect(opened(file).SheetNames).toEqual(['汇总', '明细 & more'])
})

test('the same rows give the same bytes, however PostgreSQL cuts them, and from JavaScript too', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(70_000), { maxLength: 12 }),
      fc.integer({ min: 1, max: 3000 }),
      async (cuts, count) => {
        const rows = notes(count)
        const lines = Buffer.from(rows.map((row) => `${xlsxRow([NOTE], row, SHOWING)}\n`).join(''))
        const ends = [...new Set(cuts.filter((cut) => cut < lines.length))].sort((a, b) => a - b)
        const pieces = async function* () {
          for (const [i, end] of [...ends, lines.length].entries()) yield lines.subarray(ends[i - 1] ?? 0, end)
        }
        const sheet = { name: 's', columns: [NOTE] }
        const options = { mostSheetRows: 1000 }
        const one = await written([{ ...sheet, rows: { lines: pieces() } }], options)
        const other = await written([{ ...sheet, rows: { rows } }], options)
        expect(one.file.equals(other.file)).toBe(true)
        expect([one.rows, other.rows]).toEqual([count, count])
      },
    ),
    { numRuns: 30 },
  ))

test.each`
  rows  | footer | sheets
  ${0}  | ${2}   | ${[['明细', 0, 2]]}
  ${7}  | ${1}   | ${[['明细', 7, 1]]}
  ${8}  | ${0}   | ${[['明细', 8, 0]]}
  ${8}  | ${1}   | ${[['明细', 8, 0], ['明细 2', 0, 1]]}
  ${9}  | ${0}   | ${[['明细', 8, 0], ['明细 2', 1, 0]]}
  ${24} | ${2}   | ${[['明细', 8, 0], ['明细 2', 8, 0], ['明细 3', 8, 0], ['明细 4', 0, 2]]}
`(
  '$rows rows and $footer notes on sheets of 10',
  async ({ rows, footer, sheets }: { rows: number; footer: number; sheets: [string, number, number][] }) => {
    let through: unknown
    const { file } = await written(
      [
        {
          ...{ name: '明细', columns: [NOTE], title: [['报表']], rows: { rows: notes(rows) } },
          footer: (all) => {
            through = all.rows
            return Array.from({ length: footer }, (_, i) => [`note ${i}`])
          },
        },
      ],
      { mostSheetRows: 10 },
    )
    const book = opened(file)
    let row = 0
    const expected = sheets.map(([, has, ends]) => [
      ...['报表', '说明'],
      ...Array.from({ length: has }, () => `row ${++row}`),
      ...Array.from({ length: ends }, (_, i) => `note ${i}`),
    ])
    expect(book.SheetNames).toEqual(sheets.map(([name]) => name))
    expect(book.SheetNames.map((name) => texts(book.Sheets[name]!))).toEqual(expected)
    // SheetJS forgives what Excel would repair: each line is one whole row.
    for (const [name, xml] of unzip(file))
      if (name.startsWith('xl/worksheets'))
        expect(xml).toMatch(/<sheetData>\n(?:<row>(?:(?!<\/?row).)*<\/row>\n)*<\/sheetData>/)
    expect(through).toBe(rows)
  },
)

test('progress counts rows of all sheets', async () => {
  const heard: number[] = []
  const sheet = (name: string) => ({ name, columns: [NOTE], rows: { rows: notes(5000) } })
  const { rows } = await written([sheet('a'), sheet('b')], { onRows: (count) => heard.push(count) })
  expect(rows).toBe(10_000)
  expect(heard.at(-1)).toBe(10_000)
  expect(heard).toEqual([...heard].sort((a, b) => a - b))
  expect(heard.length).toBeGreaterThan(3)
})

test('an abort ends a file whose rows are still awaited, and lets go of them', async () => {
  const control = new AbortController()
  let hasEnded = false
  const lines = {
    async *[Symbol.asyncIterator]() {
      yield Buffer.from(`${xlsxRow([NOTE], { note: 'x' }, SHOWING)}\n`)
      control.abort(new Error('cancelled'))
      await new Promise(() => undefined)
    },
    destroy: () => void (hasEnded = true),
  }
  const sink = new Kept()
  const file = xlsxFile(sink, [{ name: 's', columns: [NOTE], rows: { lines } }], { ...SHOWING, signal: control.signal })
  await expect(file).rejects.toThrow(/cancelled|abort/)
  expect(sink.destroyed).toBe(true)
  await new Promise((resolve) => setImmediate(resolve))
  expect(hasEnded).toBe(true)
})

const failing = async function* () {
  yield Buffer.from('<row></row>\n')
  throw new Error('connection lost')
}
const half = async function* () {
  yield Buffer.from('<row></row>\n<row>')
}
test.each<[string, Partial<Sheet>, RegExp]>([
  ['a source that fails', { rows: { lines: failing() } }, /connection lost/],
  ['rows that end in the middle of one', { rows: { lines: half() } }, /middle of a line/],
  [
    'fen that are not whole',
    { columns: [COLUMNS[2]!], rows: { rows: [{ yuan: 1.5 }] } },
    /column yuan: a whole number/,
  ],
  ['a day that is none', { columns: [COLUMNS[6]!], rows: { rows: [{ day: '2026-02-30' }] } }, /column day: a date/],
  [
    'an instant without offset',
    { columns: [COLUMNS[7]!], rows: { rows: [{ at: '2026-02-28 10:00' }] } },
    /column at: an instant/,
  ],
  ['a number for a text', { rows: { rows: [{ note: 5 }] } }, /column note: text/],
  ['a name that Excel refuses', { name: 'a/b' }, /sheet's name/],
  ['a key twice', { columns: [NOTE, NOTE] }, /each key once/],
])('%s fails the file', async (_, differs, message) => {
  const sink = new Kept()
  const sheet = { name: 's', columns: [NOTE], rows: { rows: [] }, ...differs }
  await expect(xlsxFile(sink, [sheet], SHOWING)).rejects.toThrow(message)
  expect(sink.destroyed).toBe(true)
})

test('two sheets of one name fail the file', () =>
  expect(written(['A', 'a'].map((name) => ({ name, columns: [NOTE], rows: { rows: [] } })))).rejects.toThrow(
    /two sheets are called a/,
  ))
