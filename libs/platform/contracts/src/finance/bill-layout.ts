import { z } from 'zod'
import { code } from '../system/primitives'
import { recordOf } from '../system/record'
import { lineText, plainLine } from '../system/text'

/**
 * What a file is to us. transactions: the transaction system's own list of a day. bill: what a channel says it has taken. acknowledgement:
 * what the clearing system has settled, row by row. bank: a statement of our account. account: a statement of somebody's account at a channel,
 * kept as evidence.
 */
export const BILL_BASES = ['transactions', 'bill', 'acknowledgement', 'bank', 'account'] as const
export type BillBasis = (typeof BILL_BASES)[number]

/** What one line is about. receipt and payout: money in and out of an account. */
export const LINE_KINDS = ['payment', 'refund', 'void', 'reversal', 'fee', 'dispute', 'receipt', 'payout'] as const
export const lineKind = z.enum(LINE_KINDS)
export type LineKind = (typeof LINE_KINDS)[number]

const column = z
  .union([lineText.min(1).max(100), z.int().min(1).max(500)])
  .describe('name in the header, or position from 1')
export type BillColumn = z.infer<typeof column>

/** yuan: at most two decimals. yuan5: up to five, as some bills have fees; rounded half up to the fen, sums are exact. */
const unit = z.enum(['fen', 'yuan', 'yuan5'])

/** Part of an amount; several are added up, an empty cell counts as nothing. */
const term = z.strictObject({
  column,
  unit: unit.optional().describe("absent: the layout's"),
  sign: z.literal('letter').optional().describe('first character C = +, D = −, blank = not set'),
  negate: z.boolean().optional(),
})
export type AmountTerm = z.infer<typeof term>
const amount = z.array(term).min(1).max(10)

/** What may stand in a cell. */
const word = lineText.max(100)
const WORDS_MAX = 500

const text = z.strictObject({ column })
const fields = z.strictObject({
  serial: text.optional().describe("the transaction system's serial"),
  originalSerial: text.optional(),
  reference: text.optional().describe("the other side's own number: bank reference, query id"),
  client: text.optional().describe('whose serial it is, where a file has several'),
  offer: text.optional(),
  card: text.optional().describe('stored masked: first six, last four'),
  amount: amount.optional(),
  discount: amount.optional(),
  payable: amount.optional(),
  fee: amount.optional(),
  balance: amount.optional().describe('of the account after this line'),
  at: z
    .strictObject({
      columns: z.array(column).min(1).max(2).describe('joined by a space'),
      format: z
        .string()
        .max(40)
        .regex(/^(?:YYYY|MM|DD|hh|mm|ss|[ /:.T-])+$/, 'expected YYYY MM DD hh mm ss with separators, or "ISO"')
        .or(z.literal('ISO')),
    })
    .optional()
    .describe('without YYYY the year is the one nearest to the date of the file'),
})
export type BillFields = z.infer<typeof fields>

const kinds = z.array(lineKind).min(1).max(LINE_KINDS.length)
const total = z.strictObject({
  at: column.describe('place in the line of totals: a name or position, or the name of a {placeholder}'),
  count: z.boolean().optional(),
  sum: amount.optional(),
  kinds: kinds.optional().describe('absent: of all lines'),
})
export type BillTotal = z.infer<typeof total>

const trailer = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('table').describe('a second header line and one line of values'),
    startsWith: word.min(1),
    totals: z.array(total).min(1).max(50),
  }),
  z.strictObject({
    type: z.literal('record').describe('one line whose first cell says so; of NDJSON: an object under this key'),
    startsWith: word.min(1),
    totals: z.array(total).min(1).max(50),
  }),
  z.strictObject({
    type: z.literal('sentences').describe('lines of text with {placeholders} for numbers'),
    sentences: z.array(lineText.min(1).max(500)).min(1).max(50),
    totals: z.array(total).min(1).max(50),
  }),
])

const check = z.strictObject({
  kinds: kinds.optional(),
  left: amount,
  right: amount.describe('left and right are the same in every line'),
})

const state = z.strictObject({
  column,
  success: z.array(word).min(1).max(WORDS_MAX),
  failure: z.array(word).max(WORDS_MAX),
  otherwise: z
    .literal('failure')
    .optional()
    .describe('of what is listed nowhere; absent: a value that is not listed refuses the file'),
  kinds: kinds.optional().describe('absent: lines of all kinds have it'),
})

const shape = z.strictObject({
  code,
  name: plainLine.min(1).max(100),
  basis: z.enum(BILL_BASES),
  source: code.describe('whose file it is: lines of one source are accepted once'),
  encoding: z.enum(['utf-8', 'gb18030']),
  form: z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('delimited'),
      delimiter: z.string().regex(/^[\t\x20-\x7e]$/, 'expected one printable ASCII character or a tab'),
      quotes: z.boolean().default(false),
      header: z.enum(['names', 'none']).default('names'),
      columns: z.int().min(1).max(500).optional().describe('how many, where no header says so'),
    }),
    z.strictObject({
      type: z.literal('fixed'),
      widths: z.array(z.int().min(1).max(2000)).min(1).max(500).describe('in bytes'),
      separatorBytes: z.int().min(0).max(4).default(0),
    }),
    z.strictObject({ type: z.literal('ndjson') }),
  ]),
  prefix: lineText.length(1).optional().describe('stripped once from the front of every cell'),
  trim: z.boolean().default(true).describe('spaces and tabs around a cell'),
  comment: lineText.min(1).max(10).optional().describe('lines that begin so are no rows'),
  ignore: z
    .array(lineText.min(1).max(50))
    .max(100)
    .optional()
    .describe('lines whose first cell is one of these are no rows'),
  unit,
  utcOffset: z
    .string()
    .regex(/^[+-](?:0\d|1[0-4]):[0-5]\d$/, 'expected an offset such as +08:00')
    .default('+08:00'),
  kind: z
    .union([
      z.strictObject({ is: lineKind }),
      z.strictObject({ column, values: recordOf(word, lineKind, WORDS_MAX) }),
      z.strictObject({ bySign: z.literal(true).describe('amount above 0: receipt, below: payout') }),
    ])
    .describe('a value that is not listed refuses the file'),
  state: state
    .or(z.array(state).min(1).max(5))
    .optional()
    .describe('absent: every line is a success; of several every one must say so'),
  fields,
  when: z.partialRecord(lineKind, fields).optional().describe('what is different for lines of this kind'),
  key: z
    .array(column)
    .min(1)
    .max(6)
    .optional()
    .describe('what tells lines of this source apart; absent: kind and serial, else kind and reference'),
  currency: z
    .strictObject({
      column,
      is: z
        .array(word)
        .min(1)
        .max(20)
        .optional()
        .describe('what stands there for yuan; absent: a code of ISO 4217 (blank: CNY), the same in all lines'),
      optional: z.literal(true).optional().describe('the file may be without this column'),
    })
    .optional()
    .describe('a line in another currency refuses the file: amounts of two currencies are never added'),
  checks: z.array(check).max(10).optional(),
  balance: z.enum(['oldestFirst', 'newestFirst']).optional().describe('each balance follows from the one before'),
  trailer: trailer.optional().describe('a file without it is torn'),
  covers: z
    .array(lineText.min(1).max(64))
    .max(WORDS_MAX)
    .optional()
    .describe('payment methods of which every payment stands in this bill: what is missing there is short'),
})

/** How a file of one source is written, as data. */
export const billLayout = shape.superRefine((layout, context) => {
  const complain = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
  if (layout.form.type === 'delimited' && layout.form.header === 'none' && layout.form.columns === undefined)
    complain(['form', 'columns'], 'expected the number of columns, for no header says it')
  const byPosition = layout.form.type === 'fixed' || (layout.form.type === 'delimited' && layout.form.header === 'none')
  const most =
    layout.form.type === 'fixed'
      ? layout.form.widths.length
      : layout.form.type === 'delimited'
        ? (layout.form.columns ?? 500)
        : 0
  for (const [path, one] of columnsOf(layout)) {
    if (byPosition && typeof one === 'string') complain(path, 'expected a position: there is no header')
    if (layout.form.type === 'ndjson' && typeof one === 'number') complain(path, 'expected a key of the objects')
    if (byPosition && typeof one === 'number' && one > most) complain(path, `expected a position from 1 to ${most}`)
  }
  if (layout.fields.amount === undefined) complain(['fields', 'amount'], 'expected where the amount stands')
  const named = layout.fields.serial ?? layout.fields.reference
  if (named === undefined && layout.key === undefined)
    complain(['fields', 'serial'], 'expected "serial", "reference" or a "key": lines must be told apart')
  if (['transactions', 'bill', 'acknowledgement'].includes(layout.basis) && layout.fields.serial === undefined)
    complain(['fields', 'serial'], 'expected where the serial stands')
  if (layout.basis === 'bank' && layout.fields.reference === undefined)
    complain(['fields', 'reference'], 'expected where the bank reference stands')
  if (layout.balance !== undefined && layout.fields.balance === undefined)
    complain(['fields', 'balance'], 'expected where the balance stands')
  layout.trailer?.totals.forEach((one, i) => {
    if ((one.count === true) === (one.sum !== undefined))
      complain(['trailer', 'totals', i], 'expected either "count" or "sum"')
  })
})
export type BillLayout = z.infer<typeof billLayout>

type Place = [path: (string | number)[], column: BillColumn]

/** Every column that a row is read by. */
function columnsOf(layout: z.infer<typeof shape>): Place[] {
  const { fields: common, when = {}, kind, state, currency, key = [], checks = [] } = layout
  const places: Place[] = key.map((one, i) => [['key', i], one])
  const terms = (path: (string | number)[], list: AmountTerm[] | undefined) =>
    list?.forEach((one, i) => places.push([[...path, i, 'column'], one.column]))
  const all: [string[], BillFields][] = [
    [['fields'], common],
    ...Object.entries(when).map(([name, some]): [string[], BillFields] => [['when', name], some]),
  ]
  for (const [path, some] of all) {
    for (const name of ['serial', 'originalSerial', 'reference', 'client', 'offer', 'card'] as const)
      if (some[name]) places.push([[...path, name, 'column'], some[name].column])
    for (const name of ['amount', 'discount', 'payable', 'fee', 'balance'] as const) terms([...path, name], some[name])
    some.at?.columns.forEach((one, i) => places.push([[...path, 'at', 'columns', i], one]))
  }
  if ('column' in kind) places.push([['kind', 'column'], kind.column])
  if (Array.isArray(state)) state.forEach((one, i) => places.push([['state', i, 'column'], one.column]))
  else if (state) places.push([['state', 'column'], state.column])
  if (currency) places.push([['currency', 'column'], currency.column])
  checks.forEach(({ left, right }, i) => {
    terms(['checks', i, 'left'], left)
    terms(['checks', i, 'right'], right)
  })
  return places
}
