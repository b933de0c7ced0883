import { CHINA_DAYS } from './china-days'
import { epochDay, weekdayOf } from './civil'

export type DayType = 'workday' | 'weekend' | 'holiday'

/** Years of which the State Council's holidays and make-up days are known. */
export const CALENDAR_YEARS = yearsOf(Object.keys(CHINA_DAYS).map(Number))

const special = new Map<number, DayType>()
for (const [year, { holidays, madeUp }] of Object.entries(CHINA_DAYS)) {
  const dayOf = (day: string) => epochDay(`${year}-${day.slice(0, 2)}-${day.slice(2)}`)
  for (const day of holidays.split(' ')) special.set(dayOf(day), 'holiday')
  for (const day of madeUp.split(' ')) special.set(dayOf(day), 'workday')
}

/** By China's public calendar: make-up days are workdays. Outside the years it covers, by the weekday alone. */
export function dayTypeOf(day: number): DayType {
  return special.get(day) ?? (weekdayOf(day) <= 5 ? 'workday' : 'weekend')
}

function yearsOf(years: readonly number[]): { readonly from: number; readonly to: number } {
  return { from: Math.min(...years), to: Math.max(...years) }
}
