import { decimalsOf } from '@lijian/contracts/money'
import { FLAG_WORDS, type Column, type Showing } from './columns'
import { fromRow, literal, sqlEncoding, type Encoding, type Source } from './sql'
import { csvOfAnySql, unusualCsvSql } from './text-sql'
import { byDecimals, decimalSql, named, wallSql } from './values-sql'
import { guardedText } from './formula-guard'
import { fitText } from './text'

/**
 * COPY of the CSV lines of a SELECT, for `csvFile`: PostgreSQL quotes and encodes. The SELECT names its columns by the columns' keys; its order
 * stays. The session shows dates as ISO (`SET LOCAL datestyle = 'ISO, YMD'`).
 */
export function csvCopySql(
  columns: readonly Column[],
  select: string,
  showing: Showing & { readonly encoding: Encoding },
): string {
  const texts = columns.filter(({ type }) => type === 'text').map(({ key }) => fromRow(key))
  // OFFSET 0 keeps PostgreSQL from looking at the texts once for each cell.
  const from =
    texts.length === 0 ? select : `SELECT r.*, ${unusualCsvSql(texts)} AS ${UNUSUAL} FROM (${select}) r OFFSET 0`
  const cells = columns.map((column) => named(cellSql(column, showing, fromRow, `r.${UNUSUAL}`), column.key))
  return `COPY (SELECT ${cells.join(', ')} FROM (${from}) r) TO STDOUT WITH (FORMAT csv, ENCODING '${sqlEncoding(showing.encoding)}')`
}

/** Whether a row has a text that needs more than being copied. No key of ours begins so. */
const UNUSUAL = '"?unusual"'

function cellSql(column: Column, { language, zone }: Showing, of: Source, unusual: string): string {
  const value = of(column.key)
  switch (column.type) {
    case 'text': {
      const own = `CASE WHEN ${unusual} THEN ${csvOfAnySql(value)} ELSE ${value} END`
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
