import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { moneyTextGrouped } from '@lijian/money'

let shownIn = DEFAULT_CURRENCY
/** Reports are written one after the other, and each is of one currency. */
export function showIn(currency: string): void {
  shownIn = currency
}

/** What the amounts are in, in both languages. */
export const unit = (): { zh: string; en: string } =>
  shownIn === DEFAULT_CURRENCY ? { zh: '元', en: 'yuan' } : { zh: shownIn, en: shownIn }

/** How figures are written, on a terminal as on a page: with the decimals of the report's currency, thousands by commas. */
export const count = (n: number): string => n.toLocaleString('en')
export const amount = (fen: number): string => moneyTextGrouped(fen, shownIn)
export const percent = (ppm: number): string => `${(ppm / 10_000).toFixed(2)} %`
/** A difference says its sign. */
export const plus = (n: number, show: (n: number) => string): string => `${n > 0 ? '+' : ''}${show(n)}`

interface DayMoney {
  date: string
  reached: number
  given: number
  returned: number
  discount: number
}

export function monthsOf(days: readonly DayMoney[]): DayMoney[] {
  const months = new Map<string, DayMoney>()
  for (const day of days) {
    const date = day.date.slice(0, 7)
    const month = months.get(date) ?? { date, reached: 0, given: 0, returned: 0, discount: 0 }
    for (const key of ['reached', 'given', 'returned', 'discount'] as const) month[key] += day[key]
    months.set(date, month)
  }
  return [...months.values()]
}
