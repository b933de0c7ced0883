import { decimalsOf } from '@lijian/contracts/money'
import { currencyColumns, FLAG_WORDS, type Column, type Showing } from './columns'
import { fromRow, literal, sqlEncoding, type Encoding } from './sql'
import { byDecimals, decimalNumberSql, decimalSql, isUsualSql, named, USUAL_DECIMALS, wallSql } from './values-sql'
import { fitText } from './text'

/**
 * COPY of the CSV lines of a SELECT, for `csvFile`, which guards their texts: PostgreSQL quotes and encodes. The SELECT names its columns by the
 * columns' keys; its order stays. The session shows dates as ISO (`SET LOCAL datestyle = 'ISO, YMD'`).
 */
export function csvCopySql(
  columns: readonly Column[],
  select: string,
  showing: Showing & { readonly encoding: Encoding },
): string {
  const currencies = new Map(currencyColumns(columns).map((column, n) => [column, `"?usual${n}"`]))
  const flags = [...currencies].map(([column, flag]) => `${isUsualSql(fromRow(column))} AS ${flag}`)
  // Looked at once for each row: OFFSET 0 keeps PostgreSQL from doing so once for each cell.
  const from = flags.length === 0 ? select : `SELECT r.*, ${flags.join(', ')} FROM (${select}) r OFFSET 0`
  const cells = columns.map((column) => named(cellSql(column, showing, currencies), column.key))
  return `COPY (SELECT ${cells.join(', ')} FROM (${from}) r) TO STDOUT WITH (FORMAT csv, ENCODING '${sqlEncoding(showing.encoding)}')`
}

/** `usual` names the flag of each column of currencies. */
function cellSql(column: Column, { language, zone }: Showing, usual: ReadonlyMap<string, string>): string {
  const value = fromRow(column.key)
  switch (column.type) {
    case 'text': {
      if (column.words === undefined) return value
      const said = Object.entries(column.words).map(
        ([code, words]) => `WHEN ${literal(code)} THEN ${literal(fitText(words[language]))}`,
      )
      return `CASE ${value} ${said.join(' ')} ELSE ${value} END`
    }
    case 'flag': {
      const [yes, no] = FLAG_WORDS[language]
      return `CASE WHEN ${value} THEN ${literal(yes)} WHEN NOT ${value} THEN ${literal(no)} END`
    }
    case 'integer':
      return value
    case 'rate':
      return `${decimalSql(value, 4)} || '%'`
    case 'amount': {
      // As numbers: COPY writes them itself, which spares a text for each.
      const all = byDecimals(column, fromRow, decimalsOf, (decimals) => decimalNumberSql(value, decimals))
      if (typeof column.currency === 'string') return all
      const flag = usual.get(column.currency.column)!
      return `CASE WHEN r.${flag} THEN ${decimalNumberSql(value, USUAL_DECIMALS)} ELSE ${all} END`
    }
    case 'date':
      return value
    case 'instant':
      return `date_trunc('second', ${wallSql(value, zone)})`
  }
}
