import { headOf, type Column, type Showing } from './columns'
import type { NoteLine } from './sheet'
import { STYLE } from './styles'
import { textCell } from './xlsx-row'

/** Rows of a sheet that are no data. */
export const headRow = (columns: readonly Column[], showing: Showing): string =>
  `<row>${columns.map((column) => textCell(headOf(column, showing), STYLE.head)).join('')}</row>`

export const noteRow = (line: NoteLine, isTitle: boolean): string =>
  `<row>${line.map((text) => textCell(text, isTitle ? STYLE.title : STYLE.note)).join('')}</row>`
