import type { BacktestReport } from '@lijian/contracts/marketing'
import { FORMS, TOTALS, totalDifference } from '../totals'
import { htmlTable, same, words } from './markup'

export function totalsSection({ a, b }: BacktestReport): string {
  const name = { head: same(''), isText: true }
  return htmlTable(
    b === undefined
      ? [name, { head: same('A') }]
      : [name, { head: same('A') }, { head: same('B') }, { head: same('A − B') }],
    TOTALS.map((total) => {
      const { key, form, zh, en } = total
      // Spaces at the beginning of a cell are not shown.
      const first = [words(zh, en.replace(/^ {2}/, '– ')), FORMS[form](a.totals[key])]
      return b === undefined
        ? first
        : [...first, FORMS[form](b.totals[key]), totalDifference(total, a.totals, b.totals)]
    }),
  )
}
