import { Buffer } from 'node:buffer'
import type { AmountTerm, BillColumn, BillFields, BillLayout, LineKind } from '@lijian/contracts/finance'

export interface SlowRow {
  line: number
  key: string
  kind: LineKind
  state: 'success' | 'failure'
  [field: string]: unknown
}
export class Wrong extends Error {}
export const wrong = (): never => {
  throw new Wrong()
}
export type Cell = (column: BillColumn) => string

const isHigh = (code: number) => code >= 0xd800 && code < 0xdc00
const isLow = (code: number) => code >= 0xdc00 && code < 0xe000
export function isText(text: string, allowed = ''): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if ((code < 32 || (code >= 127 && code < 160)) && !allowed.includes(text[i]!)) return false
    if (isHigh(code) && isLow(text.charCodeAt(i + 1))) i++
    else if (isHigh(code) || isLow(code)) return false
  }
  return true
}

export function textOf(bytes: Buffer, encoding: string): string {
  let text: string
  try {
    text = new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return wrong()
  }
  return isText(text, '\t') ? text : wrong()
}

/** Thousandths of a fen. */
export function mills(cell: string, unit: string, isSigned: boolean): bigint | undefined {
  let [text, sign] = [cell, 1n]
  if (isSigned && text !== '') {
    if (text[0] === 'C' || text[0] === 'D') {
      if (text[0] === 'D') sign = -1n
      text = text.slice(1)
    } else if (![...text].every((c) => c >= '0' && c <= '9') || [...text].some((c) => c !== '0')) wrong()
  }
  if (text === '') return undefined
  const minus = text[0] === '-'
  const body = text[0] === '-' || text[0] === '+' ? text.slice(1) : text
  const [whole = '', decimals, ...more] = body.split('.')
  const groups = whole.split(',')
  if (groups.length > 1 && (groups[0] === '' || groups[0]!.length > 3 || groups.slice(1).some((g) => g.length !== 3)))
    wrong()
  const digits = groups.join('')
  const isDigits = (t: string) => t !== '' && [...t].every((c) => c >= '0' && c <= '9')
  const most = unit === 'fen' ? 0 : unit === 'yuan' ? 2 : 5
  if (more.length > 0 || !isDigits(digits) || digits.length > (unit === 'fen' ? 32 : 30)) wrong()
  if (decimals !== undefined && (!isDigits(decimals) || decimals.length > most)) wrong()
  const value =
    unit === 'fen' ? BigInt(digits) * 1000n : BigInt(digits) * 100_000n + BigInt((decimals ?? '').padEnd(5, '0'))
  return safe(sign * (minus ? -value : value))
}
const safe = (value: bigint) => (value > 2n ** 53n - 1n || value < -(2n ** 53n) + 1n ? wrong() : value)
export const fenOf = (value: bigint) => {
  const size = value < 0n ? -value : value
  const fen = (size + 500n) / 1000n
  return value < 0n ? -fen : fen
}

export function sum(terms: readonly AmountTerm[], unit: string, cell: Cell, whole = false): bigint | undefined {
  let total: bigint | undefined
  for (const term of terms) {
    const value = mills(cell(term.column), term.unit ?? unit, term.sign === 'letter')
    if (value === undefined && whole) return undefined
    if (value !== undefined) total = safe((total ?? 0n) + (term.negate ? -value : value))
  }
  return total
}

const daysIn = (year: number, month: number) =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31
const exists = (y: number, mo: number, d: number, h: number, mi: number, s: number) =>
  y >= 100 && mo >= 1 && mo <= 12 && d >= 1 && d <= daysIn(y, mo) && h < 24 && mi < 60 && s < 60

function instant(text: string, format: string, offset: string, date: string): string {
  if (format === 'ISO') {
    const found =
      /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? wrong()
    const [y, mo, d, h, mi, s] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (!(mo >= 1 && mo <= 12 && d >= 1 && d <= daysIn(y, mo) && h < 24 && mi < 60 && s < 60)) wrong()
    const zone = found[7]
    if (zone !== undefined && zone !== 'Z' && (Number(zone.slice(1, 3)) > 14 || Number(zone.slice(4)) > 59)) wrong()
    return zone === undefined ? text + offset : text
  }
  if (text.length !== format.length) wrong()
  const parts: Record<string, string> = {}
  for (let i = 0; i < format.length;) {
    const token = ['YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'].find((one) => format.startsWith(one, i))
    const piece = text.slice(i, i + (token?.length ?? 1))
    if (token === undefined ? piece !== format[i] : [...piece].some((c) => c < '0' || c > '9')) wrong()
    if (token !== undefined) parts[token] = piece
    i += token?.length ?? 1
  }
  const near = Date.parse(`${date}T12:00:00Z`)
  const thisYear = Number(date.slice(0, 4))
  const years = parts['YYYY'] === undefined ? [thisYear - 1, thisYear, thisYear + 1] : [Number(parts['YYYY'])]
  const rest = ['MM', 'DD', 'hh', 'mm', 'ss'].map((name, i) => Number(parts[name] ?? (i < 2 ? 1 : 0))) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const times = years
    .filter((y) => exists(y, ...rest))
    .map((y) => Date.UTC(y, rest[0] - 1, rest[1], rest[2], rest[3], rest[4]))
  if (times.length === 0) wrong()
  const best = times.sort((a, b) => Math.abs(a - near) - Math.abs(b - near))[0]!
  return new Date(best).toISOString().slice(0, 19) + offset
}

export function rowOf(layout: BillLayout, date: string, cell: Cell, line: number): SlowRow {
  const { kind: of, unit } = layout
  const signed = () => sum(layout.fields.amount!, unit, cell) ?? 0n
  const kind: LineKind =
    'is' in of
      ? of.is
      : 'bySign' in of
        ? signed() < 0n
          ? 'payout'
          : 'receipt'
        : (Object.entries(of.values).find(([text]) => text === cell(of.column))?.[1] ?? wrong())
  const fields: BillFields = { ...layout.fields, ...layout.when?.[kind] }
  const row: SlowRow = { line, key: '', kind, state: 'success' }
  for (const state of [layout.state ?? []].flat()) {
    if (state.kinds && !state.kinds.includes(kind)) continue
    const text = cell(state.column)
    if (state.success.includes(text)) continue
    if (!state.failure.includes(text) && state.otherwise === undefined) wrong()
    row.state = 'failure'
  }
  for (const name of ['serial', 'originalSerial', 'reference', 'client', 'offer'] as const) {
    const text = fields[name] === undefined ? '' : cell(fields[name].column)
    if (text === '') continue
    const isSerial = name === 'serial' || name === 'originalSerial'
    if (
      isSerial ? text.length > 64 || [...text].some((c) => c < '!' || c > '~') : [...text].length > 128 || !isText(text)
    )
      wrong()
    row[name] = text
  }
  for (const name of ['amount', 'discount', 'payable', 'fee', 'balance'] as const) {
    const value = fields[name] === undefined ? undefined : sum(fields[name], unit, cell)
    if (value === undefined) {
      if (name === 'amount') wrong()
      continue
    }
    const fen = fenOf(name === 'amount' && kind === 'payout' && 'bySign' in of ? -value : value)
    if (fen < 0n && name !== 'balance') wrong()
    row[`${name}Fen`] = Number(fen)
  }
  if (layout.basis !== 'account' && layout.basis !== 'bank' && row['serial'] === undefined) wrong()
  if (fields.at) {
    const text = fields.at.columns.map(cell).join(' ').trim()
    if (text !== '') row['at'] = instant(text, fields.at.format, layout.utcOffset, date)
  }
  const own = (row['serial'] ?? row['reference'] ?? '') as string
  row.key = layout.key ? layout.key.map(cell).join('|') : `${kind}|${own}`
  if (
    layout.key ? layout.key.every((column) => cell(column).replaceAll('|', '') === '') : own === '' || own.endsWith('|')
  )
    wrong()
  for (const { kinds, left, right } of layout.checks ?? []) {
    if (kinds && !kinds.includes(kind)) continue
    const [a, b] = [sum(left, unit, cell, true), sum(right, unit, cell, true)]
    if (a !== undefined && b !== undefined && a !== b) wrong()
  }
  return row
}
