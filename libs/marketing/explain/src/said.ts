import { zoneClock } from '@lijian/calendar'
import type { Said } from '@lijian/contracts/marketing'

/** Minor units as people write them in a currency: 1,234.50 CNY is 1,234.50, 1234 JPY 1,234. */
export { moneyTextGrouped as money } from '@lijian/money'

export const say = (en: string, zh: string): Said => ({ en, 'zh-CN': zh })

/** Parts per million as a percentage: 850000 is 85 %. */
export const percent = (ppm: number): string => `${ppm / 10_000} %`

export const list = (values: Iterable<string | number>): string => [...values].join(', ')

const two = (n: number): string => String(n).padStart(2, '0')
export const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`

/** An instant as the clock of a zone shows it. */
export function localTime(atMs: number, zone: string): string {
  const { date, minute } = zoneClock(zone).at(atMs)
  return `${date} ${clock(minute)} (${zone})`
}
