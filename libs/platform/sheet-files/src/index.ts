export {
  FLAG_WORDS,
  headOf,
  type Column,
  type Currency,
  type Language,
  type Row,
  type Showing,
  type Words,
} from './columns'
export { csvFile, type CsvOptions } from './csv-file'
export { csvHead, csvRow } from './csv-row'
export { csvCopySql } from './csv-row-sql'
export type { Rows } from './feed'
export { FORMULA_STARTS, guardedText, guardSql } from './formula-guard'
export type { NoteLine, Sheet, Through, WrittenFile } from './sheet'
export { copyLinesSql, identifier, literal, type Encoding, type Source } from './sql'
export { MOST_SHEET_ROWS, xlsxFile, type XlsxOptions } from './xlsx-file'
export { xlsxRow } from './xlsx-row'
export { xlsxCopySql, xlsxRowSql } from './xlsx-row-sql'
export { dateOf, decimalsIn, decimalText, flagOf, textOf, wallSecondsOf, wholeOf } from './values'
export { wallText } from './wall-clock'
