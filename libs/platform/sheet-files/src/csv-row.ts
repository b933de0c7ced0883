import { FLAG_WORDS, headOf, type Column, type Row, type Showing } from './columns'
import { guardedText } from './formula-guard'
import { fitText } from './text'
import { dateOf, decimalsIn, decimalText, flagOf, textOf, wallSecondsOf, wholeOf } from './values'
import { wallText } from './wall-clock'

/** A line of CSV (RFC 4180) from JavaScript: the same bytes that COPY makes of csv-row-sql.ts. */
export const csvRow = (columns: readonly Column[], row: Row, showing: Showing): string =>
  columns.map((column) => quoted(cellOf(column, row, showing))).join(',')

export const csvHead = (columns: readonly Column[], showing: Showing): string =>
  csvTexts(columns.map((column) => headOf(column, showing)))

export const csvTexts = (texts: readonly string[]): string => texts.map((text) => quoted(csvText(text))).join(',')

export const csvText = (text: string) => guardedText(fitText(text))

/** As COPY does: nothing is an empty cell, an empty text has its quotes. */
export const quoted = (cell: string | undefined): string =>
  cell === undefined ? '' : cell === '' || /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

function cellOf(column: Column, row: Row, showing: Showing): string | undefined {
  switch (column.type) {
    case 'text': {
      const text = textOf(column, row)
      if (text === undefined) return undefined
      return csvText(Object.hasOwn(column.words ?? {}, text) ? column.words![text]![showing.language] : text)
    }
    case 'flag': {
      const flag = flagOf(column, row)
      return flag === undefined ? undefined : FLAG_WORDS[showing.language][flag ? 0 : 1]
    }
    case 'integer':
    case 'rate':
    case 'amount': {
      const whole = wholeOf(column, row)
      if (whole === undefined) return undefined
      if (column.type === 'integer') return String(whole)
      return column.type === 'rate' ? `${decimalText(whole, 4)}%` : decimalText(whole, decimalsIn(column, row))
    }
    case 'date':
      return dateOf(column, row)
    case 'instant': {
      const seconds = wallSecondsOf(column, row, showing.zone)
      return seconds === undefined ? undefined : wallText(seconds)
    }
  }
}
