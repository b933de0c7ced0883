import {
  SUMMARY_FIELDS,
  type CellType,
  type ClearingLayout,
  type FileKind,
  type LayoutCell,
} from '@lijian/contracts/finance'
import { currencyOfKey, DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { moneyText } from '@lijian/money'
import { csvCell } from './csv-cell'
import { ownWord } from './line-sql'

/** What header, trailer and name of one file tell. Amounts in minor units of the currency that `clearingSystem` carries (`inCurrency`). */
export interface FileSummary {
  businessDate: string
  settlementDate: string
  clearingSystem: string
  kind: FileKind
  version: number
  replaces: string | null
  rows: number
  grossFen: number
  discountFen: number
  settleFen: number
  feeFinalFen: number
  feeSavedFen: number
}

const compact = (date: string) => date.replaceAll('-', '')

/** The name that the layout's pattern gives; `{system}` says another currency than CNY (`main@JPY`), without it the currency comes first. */
export function fileNameOf(layout: ClearingLayout, file: Omit<FileSummary, 'replaces'>): string {
  const tokens: Readonly<Record<string, string>> = {
    kind: file.kind,
    system: file.clearingSystem,
    date: compact(file.businessDate),
    settlementDate: compact(file.settlementDate),
    version: String(file.version),
  }
  const currency = currencyOfKey(file.clearingSystem)
  const isSaid = currency === DEFAULT_CURRENCY || layout.fileName.includes('{system}')
  const name = layout.fileName.replaceAll(/\{(\w+)\}/g, (_, token: string) => tokens[token]!)
  return isSaid ? name : `${currency}_${name}`
}

/** Lines before the rows: header, then titles. */
export function headLines(layout: ClearingLayout, file: FileSummary): string[] {
  const lines = layout.header ? [summaryLine(layout, layout.header, file)] : []
  if (layout.titles)
    lines.push(
      joined(
        layout,
        layout.columns.map((column) => ownWord(layout, titleOf(column))),
      ),
    )
  return lines
}

export const trailerLines = (layout: ClearingLayout, file: FileSummary): string[] =>
  layout.trailer ? [summaryLine(layout, layout.trailer, file)] : []

function titleOf({ title, field, constant }: ClearingLayout['columns'][number]): string {
  return title ?? field ?? constant ?? ''
}

const joined = ({ form }: ClearingLayout, cells: string[]) =>
  form.type === 'fixed'
    ? cells.join('')
    : cells.map((cell) => (form.quote ? csvCell(cell, /[",|;\t]/) : cell)).join(form.delimiter)

function summaryLine(layout: ClearingLayout, cells: readonly LayoutCell[], file: FileSummary): string {
  return joined(
    layout,
    cells.map((cell) => cellText(layout, cell, file)),
  )
}

function cellText(layout: ClearingLayout, cell: LayoutCell, file: FileSummary): string {
  const type: CellType = cell.field === undefined ? 'word' : SUMMARY_FIELDS[cell.field]
  const text =
    cell.constant !== undefined
      ? ownWord(layout, cell.constant)
      : formatted(layout, type, valueOf(layout, file)[cell.field!], currencyOfKey(file.clearingSystem))
  return layout.form.type === 'fixed' ? padded(text, type, cell) : text
}

function valueOf(layout: ClearingLayout, file: FileSummary): Record<keyof typeof SUMMARY_FIELDS, string | number> {
  return {
    businessDate: file.businessDate,
    settlementDate: file.settlementDate,
    clearingSystem: file.clearingSystem,
    currency: currencyOfKey(file.clearingSystem),
    kind: file.kind,
    version: file.version,
    replaces: file.replaces ?? '',
    fileName: fileNameOf(layout, file),
    rows: file.rows,
    grossTotal: file.grossFen,
    discountTotal: file.discountFen,
    settleTotal: file.settleFen,
    feeFinalTotal: file.feeFinalFen,
    feeSavedTotal: file.feeSavedFen,
  }
}

/** As the rows are written by SQL (line-sql.ts); header and trailer are few, and made here. */
function formatted(layout: ClearingLayout, type: CellType, value: string | number, currency: string): string {
  if (type === 'amount') return layout.amounts === 'fen' ? String(value) : moneyText(Number(value), currency)
  if (type === 'date') return layout.dates === 'YYYYMMDD' ? compact(String(value)) : String(value)
  return String(value)
}

function padded(text: string, type: CellType, { width = 0, align, pad = ' ', field }: LayoutCell): string {
  if (text.length > width)
    throw new Error(`${field ?? 'constant'} of header or trailer is wider than ${width}: ${text}`)
  const right = align === undefined ? type === 'amount' || type === 'number' : align === 'right'
  if (!right) return text.padEnd(width)
  return pad === '0' && text.startsWith('-') ? `-${text.slice(1).padStart(width - 1, '0')}` : text.padStart(width, pad)
}
