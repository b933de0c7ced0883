import { decimalGrouped } from './cell-text'
import type { Language } from '@lijian/sheet-files'
import type { Fact } from './facts'
import { WORDS } from './words'

/** A PDF ends here: more rows are for a sheet. */
export const PDF_ROWS_AT_MOST = 20_000

/** The sentence of a file that leaves rows out. */
export const rowsOfAll = (rowCount: number, language: Language): Fact[] =>
  rowCount <= PDF_ROWS_AT_MOST
    ? []
    : [{ label: '', value: WORDS[language].rowsOfAll(shown(PDF_ROWS_AT_MOST), shown(rowCount)) }]

const shown = (rows: number): string => decimalGrouped(BigInt(rows), 0)
