import { readFile } from 'node:fs/promises'
import { isoDate } from '@lijian/calendar'
import { fileNameOf, LAYOUTS, LayoutReader, type FileRow } from '@lijian/clearing-files'
import { inCurrency } from '@lijian/contracts/money'
import { clearingLayout, OFFER_FIELDS, type ClearingLayout } from '@lijian/contracts/finance'
import fc from 'fast-check'
import { stagedPath, writeStaged } from './file-writer'
import type { StoredFile } from './rows'
import { Stage, type Event } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

const between = (from: number, to: number) =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code))
/** What names are made of: Chinese, also of four bytes in GB18030, and everything that parts cells, lines or formulas. */
const letter = fc.oneof(
  { arbitrary: between(0x4e00, 0x9fa5), weight: 4 },
  { arbitrary: between(0x3400, 0x4db5), weight: 1 },
  { arbitrary: between(0x20000, 0x2a6d6), weight: 1 },
  { arbitrary: fc.constantFrom('😀', 'é', 'ñ', '€', '＝', '－'), weight: 1 },
  { arbitrary: fc.constantFrom(...`,;|\t^~!"'=+-@ \n\r\u0001\u0002\\${'$'}{}.%0aZ`), weight: 4 },
)
const name = fc.string({ unit: letter, minLength: 1, maxLength: 24 })
const event = fc.record({
  event: fc.constantFrom('capture', 'void', 'reversal', 'refund'),
  amountFen: fc.integer({ min: 1, max: 10_000_000_000 }),
  names: fc.array(fc.tuple(name, fc.integer({ min: 1, max: 99_999_999 })), { minLength: 1, maxLength: 3 }),
  other: fc.boolean(),
})

const anyCurrency = fc.constantFrom('CNY', 'CNY', 'JPY', 'KWD', 'UYW')

type Field = keyof typeof OFFER_FIELDS
const NEEDED: Field[] = ['serial', 'originalSerial', 'settle', 'event']
const anyLayout: fc.Arbitrary<ClearingLayout> = fc
  .record({
    fixed: fc.boolean(),
    quote: fc.boolean(),
    delimiter: fc.constantFrom(',', ';', '|', '\t', '^', '~', '!'),
    encoding: fc.constantFrom('utf-8', 'gb18030'),
    byteOrderMark: fc.boolean(),
    newline: fc.constantFrom('lf', 'crlf'),
    amounts: fc.constantFrom('yuan', 'fen'),
    dates: fc.constantFrom('YYYYMMDD', 'YYYY-MM-DD'),
    reverseAmounts: fc.constantFrom('negative', 'positive'),
    titles: fc.boolean(),
    header: fc.boolean(),
    trailer: fc.boolean(),
    fields: fc.shuffledSubarray((Object.keys(OFFER_FIELDS) as Field[]).filter((field) => !NEEDED.includes(field))),
    nameWidth: fc.constantFrom(12, 40, 120),
    // Room for any code that there may be, or for those of this test.
    wordWidth: fc.constantFrom(24, 70),
    zeros: fc.boolean(),
    right: fc.boolean(),
  })
  .map(({ fixed, quote, delimiter, fields, nameWidth, wordWidth, zeros, right, header, trailer, ...rest }) => {
    const places = (field: Field) => {
      if (!fixed) return {}
      const type = OFFER_FIELDS[field]
      if (type === 'text') return { width: nameWidth, ...(right ? { align: 'right' } : {}) }
      return type === 'amount' ? { width: 18, ...(zeros ? { pad: '0' } : {}) } : { width: wordWidth }
    }
    const width = (bytes: number) => (fixed ? { width: bytes } : {})
    return clearingLayout.parse({
      ...rest,
      code: 'any',
      form: fixed ? { type: 'fixed' } : { type: 'delimited', delimiter, ...(quote ? { quote: '"' } : {}) },
      byteOrderMark: rest.byteOrderMark && rest.encoding === 'utf-8',
      titles: rest.titles && !fixed,
      columns: [...NEEDED, ...fields].map((field) => ({
        field,
        ...places(field),
        ...(field === 'event' ? { values: { capture: '01', refund: '04' } } : {}),
      })),
      ...(header
        ? {
            header: [
              { constant: 'H', ...width(3) },
              { field: 'rows', ...width(9) },
            ],
          }
        : {}),
      ...(trailer
        ? {
            trailer: [
              { field: 'settleTotal', ...width(20) },
              { field: 'rows', ...width(9) },
            ],
          }
        : {}),
      fileName: '{kind}{system}{date}{version}',
    })
  })

let day = 0

/** Posts the events on a date of their own, writes the file and reads it back. */
async function roundTrip(
  layout: ClearingLayout,
  currency: string,
  events: (typeof event extends fc.Arbitrary<infer One> ? One : never)[],
) {
  const businessDate = isoDate(++day)
  const system = inCurrency('main', currency)
  const posted = events.map((one, i) => ({
    date: businessDate,
    event: one.event,
    serial: `S${day}-${i}`,
    originalSerial: one.event === 'capture' ? undefined : `O${i}`,
    // Nobody gets more off than he pays.
    amountFen: one.names.reduce((sum, [, discountFen]) => sum + discountFen, one.amountFen),
    offers: one.names.map(([offerName, discountFen]) => ({ name: offerName, discountFen })),
    // Another clearing system's, or of another kind: not in this file.
    clearingSystem: one.other ? 'other' : system,
  }))
  await stage.post(...(posted satisfies Event[]))
  const expected = posted
    .filter(({ clearingSystem }) => clearingSystem === system)
    .flatMap((one) => one.offers.map((offer) => ({ ...one, ...offer, sign: one.event === 'capture' ? 1 : -1 })))
  const settleFen = expected.reduce((sum, { sign, discountFen }) => sum + sign * discountFen, 0)
  const about = {
    businessDate,
    settlementDate: '2026-10-26',
    kind: 'amount' as const,
    clearingSystem: system,
    version: 1,
  }
  const sums = { rows: expected.length, grossFen: 0, discountFen: settleFen, settleFen, feeFinalFen: 0, feeSavedFen: 0 }
  const file = {
    ...about,
    ...sums,
    layout,
    name: fileNameOf(layout, { ...about, ...sums }),
    replaces: null,
    replacesName: null,
  } as unknown as StoredFile
  const written = await writeStaged(stage.pool, stage.dir, file, 'Asia/Shanghai', () => undefined)
  const bytes = await readFile(stagedPath(stage.dir, file))
  const found: FileRow[] = []
  const reader = new LayoutReader(layout, (row) => found.push(row), undefined, currency)
  // In small pieces: lines and characters are cut anywhere.
  for (let at = 0; at < bytes.length; at += 61) reader.push(bytes.subarray(at, at + 61))
  reader.end()
  const again = await writeStaged(stage.pool, stage.dir, file, 'Asia/Shanghai', () => undefined)
  return { expected, found, written, again, reader }
}

/** What a layout can carry of a name. */
function carried({ form }: ClearingLayout, text: string): string {
  // oxlint-disable-next-line no-control-regex
  const clean = text.replaceAll(/[\u0001-\u001f\u007f]/g, ' ')
  if (form.type === 'fixed') return clean
  return form.quote ? clean : clean.replaceAll(form.delimiter, ' ')
}

test('what is written in any layout is read as it was, whatever stands in the names; made again it is the same', () =>
  fc.assert(
    fc.asyncProperty(anyLayout, anyCurrency, fc.array(event, { maxLength: 8 }), async (layout, currency, events) => {
      const { expected, found, written, again, reader } = await roundTrip(layout, currency, events)
      expect(again).toEqual(written)
      expect(written.rows).toBe(expected.length)
      expect(reader.rows).toBe(expected.length)
      expected.forEach((row, i) => {
        const read = found[i]!
        expect(read).toMatchObject({
          serial: row.serial,
          originalSerial: row.originalSerial ?? '',
          event: row.event,
          settle: row.sign * row.discountFen,
          ...('amount' in read ? { amount: row.sign * row.amountFen } : {}),
          ...('discount' in read ? { discount: row.sign * row.discountFen } : {}),
          ...('settlementDate' in read ? { settlementDate: '2026-10-26' } : {}),
        })
        if (!('offerName' in read)) return
        const whole = carried(layout, row.name)
        if (layout.form.type === 'delimited') expect(read['offerName']).toBe(whole)
        else {
          const { width = 0, align } = layout.columns.find(({ field }) => field === 'offerName')!
          const text = read['offerName'] as string
          // Padding and spaces at that end of a name are one.
          const trimmed = align === 'right' ? whole.replace(/^ +/, '') : whole.replace(/ +$/, '')
          const characters = [...whole].length
          if (characters * 4 <= width) expect(text).toBe(trimmed)
          else {
            expect(align === 'right' ? whole.includes(text) : whole.startsWith(text)).toBe(true)
            expect([...text].length + (characters - [...whole.trim()].length) + 1).toBeGreaterThanOrEqual(
              Math.min(characters, width >> 2),
            )
          }
        }
      })
      expect(found).toHaveLength(expected.length)
    }),
    { numRuns: 100 },
  ))

test.each(Object.values(LAYOUTS).filter(({ rows }) => rows === 'offers'))(
  'the layout $code that comes with Lijian',
  async (layout) => {
    const names: [string, number][] = [
      ['满100减15,"天天"', 1500],
      ['=HYPERLINK("x")', 1],
      ['𠮷野家|😀', 99_999_999],
    ]
    const events = (['capture', 'refund'] as const).map((kind) => ({ event: kind, amountFen: 1, names, other: false }))
    const { found, expected } = await roundTrip(layout, 'CNY', events)
    expect(found.map((row) => row['settle'])).toEqual(expected.map(({ sign, discountFen }) => sign * discountFen))
    expect(found.map((row) => row['offerName'])).toEqual(expected.map((row) => carried(layout, row.name)))
  },
)

test('a serial that is wider than its column refuses the file instead of being cut', async () => {
  const layout = clearingLayout.parse({
    ...LAYOUTS['fixed-gb18030'],
    columns: LAYOUTS['fixed-gb18030']!.columns.map((one) => (one.field === 'serial' ? { ...one, width: 3 } : one)),
  })
  await expect(
    roundTrip(layout, 'CNY', [{ event: 'capture', amountFen: 1, names: [['x', 1]], other: false }]),
  ).rejects.toThrow(/serial is \d+ characters long and has room for 3 in this layout/)
})
