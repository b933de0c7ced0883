import { decimalsOf } from '@lijian/contracts/money'
import { FLAG_WORDS, type Column, type Showing } from './columns'
import { fromRow, literal, sqlEncoding, type Encoding, type Source } from './sql'
import { csvTextSql } from './text-sql'
import { byDecimals, decimalSql, named, wallSql } from './values-sql'
import { fitText, guardedText } from './text'

/**
 * COPY of the CSV lines of a SELECT, for `csvFile`: PostgreSQL quotes and encodes. The SELECT names its columns by the columns' keys; its order
 * stays. The session shows dates as ISO (`SET LOCAL datestyle = 'ISO, YMD'`).
 */
export const csvCopySql = (
  columns: readonly Column[],
  select: string,
  showing: Showing & { readonly encoding: Encoding },
): string =>
  `COPY (SELECT ${csvCellsSql(columns, showing)} FROM (${select}) r) TO STDOUT WITH (FORMAT csv, ENCODING '${sqlEncoding(showing.encoding)}')`

/** The list of a SELECT: what stands in the cells of a row, before COPY quotes it. */
export const csvCellsSql = (columns: readonly Column[], showing: Showing, of: Source = fromRow): string =>
  columns.map((column) => named(cellSql(column, showing, of), column.key)).join(', ')

function cellSql(column: Column, { language, zone }: Showing, of: Source): string {
  const value = of(column.key)
  switch (column.type) {
    case 'text': {
      const own = csvTextSql(value)
      if (column.words === undefined) return own
      const said = Object.entries(column.words).map(
        ([code, words]) => `WHEN ${literal(code)} THEN ${literal(guardedText(fitText(words[language])))}`,
      )
      return `CASE ${value} ${said.join(' ')} ELSE ${own} END`
    }
    case 'flag': {
      const [yes, no] = FLAG_WORDS[language]
      return `CASE WHEN ${value} THEN ${literal(yes)} WHEN NOT ${value} THEN ${literal(no)} END`
    }
    case 'integer':
      return value
    case 'rate':
      return `${decimalSql(value, 4)} || '%'`
    case 'amount':
      return byDecimals(column, of, decimalsOf, (decimals) => decimalSql(value, decimals))
    case 'date':
      return `(${value})::text`
    case 'instant':
      return `left(${wallSql(value, zone)}::text, 19)`
  }
}
