import { decimalsOf } from '@lijian/contracts/money'
import { currencyColumns, FLAG_WORDS, type Column, type Showing } from './columns'
import { fromRow, literal, sqlEncoding, type Encoding } from './sql'
import { csvOfAnySql, unusualCsvSql } from './text-sql'
import { byDecimals, decimalNumberSql, decimalSql, isUsualSql, named, USUAL_DECIMALS, wallSql } from './values-sql'
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
  const currencies = new Map(currencyColumns(columns).map((column, n) => [column, `"?usual${n}"`]))
  const flags = [
    ...(texts.length === 0 ? [] : [`${unusualCsvSql(texts)} AS ${UNUSUAL}`]),
    ...[...currencies].map(([column, flag]) => `${isUsualSql(fromRow(column))} AS ${flag}`),
  ]
  // Looked at once for each row: OFFSET 0 keeps PostgreSQL from doing so once for each cell.
  const from = flags.length === 0 ? select : `SELECT r.*, ${flags.join(', ')} FROM (${select}) r OFFSET 0`
  const cells = columns.map((column) => named(cellSql(column, showing, currencies), column.key))
  return `COPY (SELECT ${cells.join(', ')} FROM (${from}) r) TO STDOUT WITH (FORMAT csv, ENCODING '${sqlEncoding(showing.encoding)}')`
}

/** Whether a row has a text that needs more than being copied. No key of ours begins so. */
const UNUSUAL = '"?unusual"'

/** `usual` names the flag of each column of currencies. */
function cellSql(column: Column, { language, zone }: Showing, usual: ReadonlyMap<string, string>): string {
  const value = fromRow(column.key)
  switch (column.type) {
    case 'text': {
      const own = `CASE WHEN r.${UNUSUAL} THEN ${csvOfAnySql(value)} ELSE ${value} END`
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
    case 'amount': {
      // As numbers: COPY writes them itself, which spares a text for each.
      const all = byDecimals(column, fromRow, decimalsOf, (decimals) => decimalNumberSql(value, decimals))
      if (typeof column.currency === 'string') return all
      const flag = usual.get(column.currency.column)!
      return `CASE WHEN r.${flag} THEN ${decimalNumberSql(value, USUAL_DECIMALS)} ELSE ${all} END`
    }
    case 'date':
      return `(${value})::text`
    case 'instant':
      return `left(${wallSql(value, zone)}::text, 19)`
  }
}
