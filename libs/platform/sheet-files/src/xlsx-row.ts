import { FLAG_WORDS, type Column, type Row, type Showing } from './columns'
import { amountStyle, STYLE } from './styles'
import { cutText, fitText, xmlText } from './text'
import { dateOf, decimalsIn, decimalText, flagOf, textOf, wallSecondsOf, wholeOf } from './values'
import { dateSerial, instantSerial } from './wall-clock'

/** One `<row>` element of a row from JavaScript: the same bytes that xlsx-row-sql.ts makes of it in PostgreSQL. */
export const xlsxRow = (columns: readonly Column[], row: Row, showing: Showing): string =>
  `<row>${columns.map((column) => cellOf(column, row, showing)).join('')}</row>`

export const EMPTY_CELL = '<c/>'

/** Text is always inline: never a formula, never a number, whatever it begins with. */
export function textCell(text: string, style: number = STYLE.usual): string {
  const fit = fitText(cutText(text))
  return `<c${style === STYLE.usual ? '' : ` s="${style}"`} t="inlineStr"><is><t${/^ | $/.test(fit) ? KEEP_SPACES : ''}>${xmlText(fit)}</t></is></c>`
}
export const KEEP_SPACES = ' xml:space="preserve"'

export const numberCell = (number: string, style: number): string => `<c s="${style}"><v>${number}</v></c>`

function cellOf(column: Column, row: Row, showing: Showing): string {
  switch (column.type) {
    case 'text': {
      const text = textOf(column, row)
      if (text === undefined) return EMPTY_CELL
      return textCell(Object.hasOwn(column.words ?? {}, text) ? column.words![text]![showing.language] : text)
    }
    case 'flag': {
      const flag = flagOf(column, row)
      return flag === undefined ? EMPTY_CELL : textCell(FLAG_WORDS[showing.language][flag ? 0 : 1])
    }
    case 'integer':
    case 'rate':
    case 'amount': {
      const whole = wholeOf(column, row)
      if (whole === undefined) return EMPTY_CELL
      if (column.type === 'integer') return numberCell(String(whole), STYLE.integer)
      if (column.type === 'rate') return numberCell(decimalText(whole, 6), STYLE.rate)
      const decimals = decimalsIn(column, row)
      return numberCell(decimalText(whole, decimals), amountStyle(decimals))
    }
    case 'date': {
      const date = dateOf(column, row)
      return date === undefined ? EMPTY_CELL : numberCell(dateSerial(date), STYLE.date)
    }
    case 'instant': {
      const seconds = wallSecondsOf(column, row, showing.zone)
      return seconds === undefined ? EMPTY_CELL : numberCell(instantSerial(seconds), STYLE.instant)
    }
  }
}
