import { DEFAULT_CURRENCY } from '@lijian/contracts/money'

export type Language = 'zh' | 'en'
export type Words = Readonly<Record<Language, string>>

/**
 * A column as data. `key` is the name under which a row carries its value: a column of the SELECT, a property of a row from JavaScript.
 * What each type expects: text as it is; a whole number; an amount in minor units of its currency (fen); a rate in ppm; a business date;
 * an instant; a boolean.
 */
export type Column = Words & { readonly key: string; readonly width?: number } & (
    | { readonly type: 'text'; /** What stands for a code. */ readonly words?: Readonly<Record<string, Words>> }
    | { readonly type: 'integer' }
    | { readonly type: 'rate' }
    | { readonly type: 'date' }
    | { readonly type: 'instant' }
    | { readonly type: 'flag' }
    | { readonly type: 'amount'; /** A code, or the column that holds it. */ readonly currency: Currency }
  )
export type ColumnOf<T extends Column['type']> = Extract<Column, { type: T }>

/** The columns that hold the currencies of amounts, each once. */
export const currencyColumns = (columns: readonly Column[]): string[] => [
  ...new Set(
    columns.flatMap((column) =>
      column.type === 'amount' && typeof column.currency !== 'string' ? [column.currency.column] : [],
    ),
  ),
]

export type Currency = string | { readonly column: string }

/** For whom a file is made: the language of its heads and words, and the zone whose wall clock its instants show. */
export interface Showing {
  readonly language: Language
  readonly zone: string
}

/** A row from JavaScript. Instants: a Date, milliseconds, or ISO text with its offset. Whole numbers also as text, as PostgreSQL sends them. */
export type Row = Readonly<Record<string, string | number | bigint | boolean | Date | null | undefined>>

/** The head of a column says what its cells leave out: the unit of money, the zone of instants. */
export function headOf(column: Column, { language, zone }: Showing): string {
  const about = aboutOf(column, language, zone)
  if (about === undefined) return column[language]
  return language === 'zh' ? `${column.zh}（${about}）` : `${column.en} (${about})`
}

function aboutOf(column: Column, language: Language, zone: string): string | undefined {
  if (column.type === 'instant') return zone
  if (column.type !== 'amount' || typeof column.currency !== 'string') return undefined
  return column.currency === DEFAULT_CURRENCY && language === 'zh' ? '元' : column.currency
}

export const FLAG_WORDS: Readonly<Record<Language, readonly [yes: string, no: string]>> = {
  zh: ['是', '否'],
  en: ['yes', 'no'],
}

const WIDTHS: Readonly<Record<Column['type'], number>> = {
  text: 20,
  integer: 12,
  amount: 16,
  rate: 10,
  date: 12,
  instant: 20,
  flag: 8,
}

/** In characters of the sheet; a Chinese one takes two. */
export function widthOf(column: Column, showing: Showing): number {
  if (column.width !== undefined) return column.width
  const head = [...headOf(column, showing)].reduce((sum, letter) => sum + (letter > '\u2e7f' ? 2 : 1), 2)
  return Math.max(WIDTHS[column.type], head)
}
