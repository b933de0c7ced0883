import type { AmountTerm, BillColumn, BillFields, BillLayout, LineKind } from '@lijian/contracts/finance'
import { fenOf, millsOf } from './amounts'
import type { CellOf } from './cells'
import { LineFault } from './fault'
import { instantReader } from './instants'

/** One line of a bill, from any sender. Amounts in fen, not negative: `kind` says which way the money went. Nothing personal. */
export interface BillLine {
  line: number
  /** What tells it apart from every other line of its source. */
  key: string
  kind: LineKind
  state: 'success' | 'failure'
  client?: string
  serial?: string
  originalSerial?: string
  reference?: string
  offer?: string
  /** First six and last four digits. */
  card?: string
  amountFen: number
  discountFen?: number
  payableFen?: number
  feeFen?: number
  /** May be negative. */
  balanceFen?: number
  /** Instant with offset. */
  at?: string
}

export type ColumnOf<Row> = (column: BillColumn) => CellOf<Row>
type Amounts = 'amount' | 'discount' | 'payable' | 'fee' | 'balance'

/** The sum of some cells, in thousandths of a fen; undefined: all of them are empty (with `whole`: one of them is). */
export function millsReader<Row>(
  terms: readonly AmountTerm[],
  unit: BillLayout['unit'],
  cellOf: ColumnOf<Row>,
  { whole = false } = {},
) {
  const parts = terms.map((one) => ({ ...one, cell: cellOf(one.column), unit: one.unit ?? unit }))
  return (row: Row): number | undefined => {
    let sum: number | undefined
    for (const { column, cell, sign, negate, unit: of } of parts) {
      const mills = millsOf(cell(row), of, sign, column)
      if (mills === undefined && whole) return undefined
      if (mills !== undefined) sum = (sum ?? 0) + (negate ? -mills : mills)
      if (sum !== undefined && !Number.isSafeInteger(sum))
        throw new LineFault('expected at most 90 thousand million yuan', '金额不应超过九百亿元', column)
    }
    return sum
  }
}

// Printable ASCII without spaces: it stands in workflow ids and addresses.
const SERIAL = /^[\x21-\x7e]{1,64}$/
const TEXT = /^[^\p{Cc}\p{Cs}]{1,128}$/u

/** Card numbers are masked whatever the file shows of them. */
export function maskedCard(text: string): string | undefined {
  const digits = text.replace(/[^0-9]/g, '')
  if (digits.length < 4) return undefined
  const [first, last] = [/^\d{6}/.exec(text)?.[0] ?? '', /\d{4}$/.exec(text)?.[0] ?? '']
  return `${first}******${last}`
}

interface OfKind<Row> {
  texts: {
    name: 'serial' | 'originalSerial' | 'reference' | 'client' | 'offer'
    column: BillColumn
    cell: CellOf<Row>
  }[]
  amounts: { name: Amounts; mills: (row: Row) => number | undefined }[]
  card?: CellOf<Row>
  at?: (row: Row) => string | undefined
}

/** Reads rows of one layout, once its columns are known. */
export function rowReader<Row>(layout: BillLayout, date: string, cellOf: ColumnOf<Row>) {
  const readers = new Map<LineKind, OfKind<Row>>()
  const of = (kind: LineKind) => {
    let found = readers.get(kind)
    if (!found) readers.set(kind, (found = compile({ ...layout.fields, ...layout.when?.[kind] }, layout, date, cellOf)))
    return found
  }
  // All at once, so that a column that is missing is found before the first row.
  for (const kind of kindsOf(layout)) of(kind)
  const kindCell = 'column' in layout.kind ? cellOf(layout.kind.column) : undefined
  const stateOfRow = stateReader(layout, cellOf)
  const key = layout.key?.map(cellOf)
  const signed = millsReader(layout.fields.amount!, layout.unit, cellOf)
  const named = layout.basis !== 'account' && layout.basis !== 'bank'

  const kindOfRow = (row: Row): LineKind => {
    if ('is' in layout.kind) return layout.kind.is
    if ('bySign' in layout.kind) return (signed(row) ?? 0) < 0 ? 'payout' : 'receipt'
    const text = kindCell!(row)
    const kind = Object.hasOwn(layout.kind.values, text) ? layout.kind.values[text] : undefined
    if (kind === undefined)
      throw new LineFault('expected a kind that the layout lists', '业务类型不在版式所列之内', layout.kind.column)
    return kind
  }
  return (row: Row, number: number): BillLine => {
    const kind = kindOfRow(row)
    const line: BillLine = { line: number, key: '', kind, state: stateOfRow(row, kind), amountFen: 0 }
    const { texts, amounts, card, at } = of(kind)
    for (const { name, column, cell } of texts) {
      const text = cell(row)
      if (text === '') continue
      const serial = name === 'serial' || name === 'originalSerial'
      if (!(serial ? SERIAL : TEXT).test(text))
        throw new LineFault(
          'expected at most 64 printable characters without spaces',
          '应为不超过 64 个无空格的可见字符',
          column,
        )
      line[name] = text
    }
    for (const { name, mills } of amounts) {
      const sum = mills(row)
      if (sum === undefined) {
        if (name === 'amount') throw new LineFault('expected an amount', '缺少金额', layout.fields.amount![0]!.column)
        continue
      }
      const fen = (kind === 'payout' && 'bySign' in layout.kind && name === 'amount' ? fenOf(-sum) : fenOf(sum)) || 0
      if (fen < 0 && name !== 'balance')
        throw new LineFault(
          `expected no negative ${name} for a ${kind}`,
          `${kind} 的 ${name} 不应为负`,
          layout.fields[name]![0]!.column,
        )
      line[`${name}Fen`] = fen
    }
    if (named && line.serial === undefined)
      throw new LineFault('expected a serial', '缺少流水号', layout.fields.serial!.column)
    if (card) line.card = maskedCard(card(row))
    if (at) line.at = at(row)
    line.key = key ? key.map((cell) => cell(row)).join('|') : `${kind}|${line.serial ?? line.reference ?? ''}`
    if (line.key.replaceAll('|', '') === '' || (line.key.endsWith('|') && !key))
      throw new LineFault('expected what tells this line apart from others', '缺少区分该行的编号')
    return line
  }
}

/** Done only if every state that the line has says so. */
function stateReader<Row>(layout: BillLayout, cellOf: ColumnOf<Row>) {
  const states = [layout.state ?? []].flat().map((one) => ({ ...one, cell: cellOf(one.column) }))
  return (row: Row, kind: LineKind): BillLine['state'] => {
    let state: BillLine['state'] = 'success'
    for (const { kinds, column, cell, success, failure, otherwise } of states) {
      if (kinds !== undefined && !kinds.includes(kind)) continue
      const text = cell(row)
      if (success.includes(text)) continue
      if (!failure.includes(text) && otherwise !== 'failure')
        throw new LineFault('expected a state that the layout lists', '状态不在版式所列之内', column)
      state = 'failure'
    }
    return state
  }
}

function kindsOf({ kind }: BillLayout): LineKind[] {
  if ('is' in kind) return [kind.is]
  return 'bySign' in kind ? ['receipt', 'payout'] : [...new Set(Object.values(kind.values))]
}

function compile<Row>(fields: BillFields, layout: BillLayout, date: string, cellOf: ColumnOf<Row>): OfKind<Row> {
  const texts = (['serial', 'originalSerial', 'reference', 'client', 'offer'] as const).flatMap((name) => {
    const column = fields[name]?.column
    return column === undefined ? [] : [{ name, column, cell: cellOf(column) }]
  })
  const amounts = (['amount', 'discount', 'payable', 'fee', 'balance'] as const).flatMap((name) => {
    const terms = fields[name]
    return terms === undefined ? [] : [{ name, mills: millsReader(terms, layout.unit, cellOf) }]
  })
  const compiled: OfKind<Row> = { texts, amounts }
  if (fields.card) compiled.card = cellOf(fields.card.column)
  if (fields.at) {
    const { columns } = fields.at
    const cells = columns.map(cellOf)
    const read = instantReader(fields.at, layout.utcOffset, date)
    compiled.at = (row) => {
      const text = cells
        .map((cell) => cell(row))
        .join(' ')
        .trim()
      if (text === '') return undefined
      try {
        return read(text)
      } catch (error) {
        throw error instanceof LineFault ? new LineFault(error.say, error.sayZh, columns[0]) : error
      }
    }
  }
  return compiled
}
