import { z } from 'zod'
import { code } from '../system/primitives'
import { recordOf } from '../system/record'
import { lineText, plainLine } from '../system/text'

/**
 * What a cell can be. `text` is free (names); every other type is plain ASCII. `amount`: minor units of the
 * file's currency, negative allowed. `instant`: in the institution's
 * zone, to the second.
 */
export type CellType = 'text' | 'word' | 'amount' | 'number' | 'date' | 'instant'

/** What a row about one offer of one event (capture, void, reversal, refund) can show. */
export const OFFER_FIELDS = {
  businessDate: 'date',
  settlementDate: 'date',
  clearingSystem: 'word',
  /** The one currency of the file. */
  currency: 'word',
  kind: 'word',
  event: 'word',
  client: 'word',
  serial: 'word',
  originalSerial: 'word',
  merchant: 'word',
  campaign: 'word',
  ruleVersion: 'number',
  offer: 'word',
  offerName: 'text',
  delivery: 'word',
  paymentMode: 'word',
  paymentMethod: 'word',
  at: 'instant',
  /** From when a rebate is to be paid (T+n); of other rows the business date. */
  rebateDate: 'date',
  /** Gross, payable and fees of the transaction, or of the part that a refund returns. */
  amount: 'amount',
  payable: 'amount',
  feeOriginal: 'amount',
  feeFinal: 'amount',
  feeSaved: 'amount',
  /** What this offer gives. */
  discount: 'amount',
  /** The same without the share that the merchant bears itself: what somebody is to be paid. A rebate is paid whole. */
  settle: 'amount',
} as const satisfies Record<string, CellType>

/** What a row about one merchant on one settlement date can show. */
export const SETTLEMENT_FIELDS = {
  settlementDate: 'date',
  merchant: 'word',
  /** Discounts to be paid back to the merchant (negative: more came back by refunds than was given). */
  due: 'amount',
  /** Negative or 0: what earlier days left. */
  carriedIn: 'amount',
  payout: 'amount',
  /** Negative or 0: what is left for the next. */
  carriedOut: 'amount',
} as const satisfies Record<string, CellType>

/** What header and trailer can show. Totals are of the rows of the file; `grossTotal` counts a transaction once. */
export const SUMMARY_FIELDS = {
  businessDate: 'date',
  settlementDate: 'date',
  clearingSystem: 'word',
  /** The one currency of the file. */
  currency: 'word',
  kind: 'word',
  version: 'number',
  /** Name of the file that this one replaces; empty: none. */
  replaces: 'word',
  fileName: 'word',
  rows: 'number',
  grossTotal: 'amount',
  discountTotal: 'amount',
  settleTotal: 'amount',
  feeFinalTotal: 'amount',
  feeSavedTotal: 'amount',
} as const satisfies Record<string, CellType>

export type OfferField = keyof typeof OFFER_FIELDS
export type SettlementField = keyof typeof SETTLEMENT_FIELDS
export type SummaryField = keyof typeof SUMMARY_FIELDS

const fieldOf = <Name extends string>(fields: Readonly<Record<Name, CellType>>) =>
  z.enum(Object.keys(fields) as [Name, ...Name[]])
/** A cell has 1,000 bytes at most. */
const plain = z
  .string()
  .max(1000)
  .regex(/^[\x20-\x7e]*$/, 'expected printable ASCII characters')

const cellCommon = {
  width: z.int().min(1).max(1000).optional().describe('bytes of the encoding; fixed width only, and there always'),
  align: z.enum(['left', 'right']).optional().describe('fixed width; default: amounts and numbers right, else left'),
  pad: z.enum([' ', '0']).optional().describe('fixed width; "0" for right-aligned amounts and numbers; default space'),
}
const column = z.strictObject({
  field: fieldOf({ ...OFFER_FIELDS, ...SETTLEMENT_FIELDS }).optional(),
  constant: plain.optional().describe('the same text in every row, instead of a field'),
  title: plainLine.min(1).max(100).optional().describe('of the line of titles; default: the name of the field'),
  values: recordOf(lineText.max(64), plain, 1000)
    .optional()
    .describe('what stands for a word, e.g. { "capture": "01", "refund": "02" }; others stay'),
  ...cellCommon,
})
const cell = z.strictObject({ field: fieldOf(SUMMARY_FIELDS).optional(), constant: plain.optional(), ...cellCommon })
export type LayoutColumn = z.infer<typeof column>
export type LayoutCell = z.infer<typeof cell>

const delimiter = z.enum([',', ';', '|', '\t', '^', '~', '!'], 'expected one of , ; | tab ^ ~ !')

const shape = z.strictObject({
  code: code.describe('name of the layout'),
  rows: z.enum(['offers', 'settlement']).default('offers').describe('settlement: merchants of a settlement date'),
  form: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('delimited'),
      delimiter,
      quote: z.literal('"').optional().describe('texts stand in quotes; absent: a delimiter in a text becomes a space'),
    }),
    z.strictObject({ type: z.literal('fixed') }),
  ]),
  encoding: z.enum(['utf-8', 'gb18030']),
  byteOrderMark: z.boolean().default(false).describe('utf-8 only: lets spreadsheets see the encoding'),
  newline: z.enum(['lf', 'crlf']).default('lf'),
  amounts: z
    .enum(['yuan', 'fen'])
    .describe('yuan: with the decimals of the currency (JPY none, KWD three); fen: in its minor unit'),
  dates: z.enum(['YYYY-MM-DD', 'YYYYMMDD']).default('YYYY-MM-DD'),
  reverseAmounts: z
    .enum(['negative', 'positive'])
    .default('negative')
    .describe('of voids, reversals and refunds; positive: "event" tells them apart and must be a column'),
  titles: z.boolean().default(false).describe('a line of titles before the rows'),
  columns: z.array(column).min(1).max(100),
  header: z.array(cell).min(1).max(40).optional().describe('first line'),
  trailer: z.array(cell).min(1).max(40).optional().describe('last line'),
  fileName: z
    .string()
    .max(200)
    .regex(
      /^(?:[A-Za-z0-9._-]|\{(?:kind|system|date|settlementDate|version)\})+$/,
      'expected letters, digits, . _ - and {kind} {system} {date} {settlementDate} {version}',
    )
    .refine((name) => !name.startsWith('.'), 'expected no leading dot'),
})
export type ClearingLayout = z.infer<typeof shape>

type Complain = (path: (string | number)[], message: string) => void

/** A layout of a clearing or settlement file, as data (issue 5 §4). */
export const clearingLayout = shape.superRefine((layout, context) => {
  const complain: Complain = (path, message) => context.addIssue({ code: 'custom', path, message })
  const fields: Readonly<Record<string, CellType>> = layout.rows === 'offers' ? OFFER_FIELDS : SETTLEMENT_FIELDS
  layout.columns.forEach((one, i) => checkCell(layout, one, ['columns', i], fields, complain))
  layout.header?.forEach((one, i) => checkCell(layout, one, ['header', i], SUMMARY_FIELDS, complain))
  layout.trailer?.forEach((one, i) => checkCell(layout, one, ['trailer', i], SUMMARY_FIELDS, complain))
  const has = (field: string) => layout.columns.some((one) => one.field === field)
  // What the proof against the ledger adds up, and what a file cannot do without.
  const needed = layout.rows === 'offers' ? ['serial', 'originalSerial', 'settle'] : ['merchant', 'payout']
  if (layout.reverseAmounts === 'positive' && layout.rows === 'offers') needed.push('event')
  for (const field of needed) if (!has(field)) complain(['columns'], `expected a column with the field "${field}"`)
  for (const token of layout.rows === 'offers' ? ['kind', 'system', 'date', 'version'] : ['settlementDate', 'version'])
    if (!layout.fileName.includes(`{${token}}`)) complain(['fileName'], `expected {${token}} in the pattern`)
  if (longestName(layout.fileName) > NAME_MAX)
    complain(['fileName'], `expected a pattern whose names have at most ${NAME_MAX} characters`)
  if (layout.byteOrderMark && layout.encoding !== 'utf-8')
    complain(['byteOrderMark'], 'expected false with this encoding')
  if (layout.titles && layout.form.type === 'fixed') complain(['titles'], 'expected false with fixed width')
})

/** A file system takes 255 bytes; beside the file stands one with `.sha256`, and it is written under a name of its own first. */
const NAME_MAX = 230
/** With the longest code and currency of a clearing system. */
const LONGEST = { kind: 10, system: 68, date: 8, settlementDate: 8, version: 6 } as const

function longestName(pattern: string): number {
  const tokens = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, token]) => token as keyof typeof LONGEST)
  return tokens.reduce((length, token) => length + LONGEST[token], pattern.replace(/\{\w+\}/g, '').length + 4)
}

function checkCell(
  layout: ClearingLayout,
  one: LayoutColumn | LayoutCell,
  path: (string | number)[],
  fields: Readonly<Record<string, CellType>>,
  complain: Complain,
): void {
  const { field, constant, width, align, pad } = one
  if ((field === undefined) === (constant === undefined)) complain(path, 'expected either "field" or "constant"')
  else if (field !== undefined && !(field in fields))
    complain([...path, 'field'], `expected a field of these rows: ${Object.keys(fields).join(', ')}`)
  if (constant !== undefined && layout.form.type === 'delimited' && constant.includes(layout.form.delimiter))
    complain([...path, 'constant'], 'expected no delimiter')
  if (constant?.includes('"') === true) complain([...path, 'constant'], 'expected no quote')
  if (layout.form.type === 'delimited') {
    for (const key of ['width', 'align', 'pad'] as const)
      if (one[key] !== undefined) complain([...path, key], 'expected only with fixed width')
  } else {
    if (width === undefined) complain([...path, 'width'], 'expected the width in bytes')
    else if (constant !== undefined && constant.length > width)
      complain([...path, 'constant'], `expected at most ${width} characters`)
    const type = field === undefined ? 'word' : fields[field]
    if (pad === '0' && (align === 'left' || (type !== 'amount' && type !== 'number')))
      complain([...path, 'pad'], 'expected a space here: "0" is for right-aligned amounts and numbers')
  }
  if ('values' in one && one.values !== undefined) {
    const values = Object.values(one.values)
    if (field === undefined || fields[field] !== 'word')
      complain([...path, 'values'], 'expected only with a field that holds a word')
    if (new Set(values).size !== values.length) complain([...path, 'values'], 'expected each value once')
    if (layout.form.type === 'delimited') {
      const { delimiter: parting } = layout.form
      if (values.some((value) => value.includes(parting) || value.includes('"')))
        complain([...path, 'values'], 'expected no delimiter and no quote')
    } else if (width !== undefined && values.some((value) => value.length > width))
      complain([...path, 'values'], `expected at most ${width} characters each`)
  }
}
