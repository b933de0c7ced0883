// Writes libs/calendar/src/china-days.ts from libs/calendar/data/cn_calendar_2018_2026.csv: only the days that differ from Monday to Friday. Run it after a new calendar.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function chinaDays(csv) {
  const years = new Map()
  for (const line of csv.trim().split('\n').slice(1)) {
    const [date, , , type] = line.split(',')
    const year = date.slice(0, 4)
    if (!years.has(year)) years.set(year, { holidays: [], madeUp: [] })
    const day = date.slice(5, 7) + date.slice(8, 10)
    if (type === 'holiday') years.get(year).holidays.push(day)
    if (type === 'makeup_workday') years.get(year).madeUp.push(day)
  }
  const rows = [...years].map(
    ([year, { holidays, madeUp }]) =>
      `  ${year}: {\n    holidays:\n      '${holidays.join(' ')}',\n    madeUp: '${madeUp.join(' ')}',\n  },\n`,
  )
  return `/** Made by tools/data/make-china-days.mjs from data/cn_calendar_2018_2026.csv: months and days that are not what their weekday says. */
export const CHINA_DAYS: Readonly<Record<number, { holidays: string; madeUp: string }>> = {
${rows.join('')}}
`
}

const here = join(import.meta.dirname, '..', '..', 'libs', 'core', 'calendar')
if (process.argv[1] === import.meta.filename)
  writeFileSync(
    join(here, 'src', 'china-days.ts'),
    chinaDays(readFileSync(join(here, 'data', 'cn_calendar_2018_2026.csv'), 'utf8')),
  )
