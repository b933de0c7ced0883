import type { BillLayout } from '@lijian/contracts/finance'
import { CURRENCY_DECIMALS, DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { LineFault } from './fault'
import type { ColumnOf } from './row-reader'

/**
 * Yen are not fen: a file is of one currency, that of its layout or that of its first line. Says it where
 * the line does; throws LineFault for a line in another one.
 */
export function currencyCheck<Row>(
  { currency: of }: BillLayout,
  header: readonly string[] | undefined,
  cellOf: ColumnOf<Row>,
): ((row: Row) => string | undefined) | undefined {
  if (of === undefined || (of.optional && header?.includes(String(of.column)) === false)) return undefined
  const { column, is } = of
  const cell = cellOf(column)
  if (is !== undefined)
    return (row) => {
      if (!is.includes(cell(row)))
        throw new LineFault(
          'expected yuan: amounts in another currency are never added to them',
          '应为人民币：其他币种的金额不与之相加',
          column,
        )
      return DEFAULT_CURRENCY
    }
  let first: string | undefined
  return (row) => {
    const currency = cell(row) || DEFAULT_CURRENCY
    if (!CURRENCY_DECIMALS.has(currency))
      throw new LineFault('expected a currency of ISO 4217, such as CNY', '应为 ISO 4217 币种代码，例如 CNY', column)
    first ??= currency
    if (currency !== first)
      throw new LineFault(
        'expected the currency of the lines before: send a file for each currency',
        '应与前面各行的币种相同：请按币种分文件',
        column,
      )
    return cell(row) === '' ? undefined : currency
  }
}
