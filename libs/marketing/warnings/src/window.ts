import { CALENDAR_YEARS, epochDay, isoDate } from '@lijian/calendar'
import { clock, daysOf, inOneDay, isOpen, lastToLook, minutesOf, type Days } from './days'
import { warning, type Reviewed, type Warning } from './warning'

/** Windows that never open, dates that never come, hours that two ranges claim. */
export function windowWarnings({ campaign, offer, at }: Reviewed): Warning[] {
  const path = `${at}.rule.window`
  const days = daysOf(campaign, offer)
  const { window = {} } = offer.rule
  return [
    ...neverOpen(days, path),
    ...closedDates(days, window.dates ?? [], path),
    ...outside(days, window.excludedDates ?? [], path),
    ...overlaps(window.daily ?? [], path),
    ...calendarEnds(days, window.dayTypes, path),
  ]
}

const closedInWords = {
  weekday: { en: 'its weekday is closed', zh: '当天星期不在活动内' },
  excludedDate: { en: 'it is an excluded date', zh: '当天在排除日期内' },
  dates: { en: 'it is not among dates', zh: '当天不在指定日期内' },
  dayType: { en: 'its day type is closed', zh: '当天的日期类型不在活动内' },
}

/** Every day of the window is closed by one of its rules: the first that closes it, in the order in which payments are tested. */
function neverOpen(days: Days, path: string): Warning[] {
  const last = lastToLook(days.from, days)
  if (last === undefined) return []
  const closed = { weekday: 0, excludedDate: 0, dates: 0, dayType: 0 }
  for (let day = days.from; day <= last; day++) {
    const by = days.closedBy(day)
    if (by === undefined) return []
    closed[by]++
  }
  const [from, to] = [isoDate(days.from), isoDate(last)]
  const open = days.to === Infinity
  const said = {
    message: `From ${from} to ${to} no day is open${open ? ', and no later one either' : ''}: weekdays, dates, dayTypes and exclusions together leave none. Correct them.`,
    messageZh: `${from} 至 ${to} 没有一天可用${open ? ',以后也没有' : ''}:星期、日期、日期类型和排除项合起来一天不剩,请改正。`,
  }
  const proof = { from, to, daysCounted: last - days.from + 1, closedBy: closed, repeatsEveryWeekAfter: open }
  return [warning('window_never_open', path, said, proof)]
}

function closedDates(days: Days, dates: readonly string[], path: string): Warning[] {
  return dates.flatMap((date, i) => {
    const by = days.closedBy(epochDay(date))
    if (by === undefined) return []
    const { en, zh } = closedInWords[by]
    const said = {
      message: `${date} is among dates but never open: ${en}. Drop it, or open that day.`,
      messageZh: `${date} 在指定日期中,但永远不可用:${zh}。请删除或开放当天。`,
    }
    return [warning('date_never_open', `${path}.dates[${i}]`, said, { date, closedBy: by })]
  })
}

/** Nothing is excluded by a date on which the offer does not run anyway: often a year that was mistyped. */
function outside(days: Days, dates: readonly string[], path: string): Warning[] {
  return dates.flatMap((date, i) => {
    const day = epochDay(date)
    if (day >= days.from && day <= days.to) return []
    const [from, to] = [isoDate(days.from), days.to === Infinity ? undefined : isoDate(days.to)]
    const said = {
      message: `${date} is excluded but lies outside the offer (${from} to ${to ?? 'open end'}): check the year.`,
      messageZh: `排除日期 ${date} 不在子活动期(${from} 至 ${to ?? '长期'})内:请核对年份。`,
    }
    return [warning('excluded_date_outside', `${path}.excludedDates[${i}]`, said, { date, from, to: to ?? null })]
  })
}

function overlaps(daily: readonly (readonly [string, string])[], path: string): Warning[] {
  return daily.flatMap((range, i) =>
    daily.slice(0, i).flatMap((earlier) => {
      const both = common(earlier, range)
      if (both === undefined) return []
      const said = {
        message: `${range.join('-')} and ${earlier.join('-')} both contain ${both}: join them, or correct one. Past midnight the one listed first decides which day it is.`,
        messageZh: `${range.join('-')} 与 ${earlier.join('-')} 都包含 ${both}:请合并或改正。跨零点时由先列出的时段决定算哪一天。`,
      }
      return [warning('daily_overlap', `${path}.daily[${i}]`, said, { first: earlier, second: range, inBoth: both })]
    }),
  )
}

/** The first clock minute that both ranges contain. */
function common(a: readonly [string, string], b: readonly [string, string]): string | undefined {
  for (const one of inOneDay(minutesOf(a)))
    for (const other of inOneDay(minutesOf(b))) {
      const from = Math.max(one.from, other.from)
      if (from < Math.min(one.to, other.to)) return clock(from)
    }
  return undefined
}

/** The parser bounds a closed window by the calendar's years; an open end outlives them. */
function calendarEnds(days: Days, dayTypes: readonly string[] | undefined, path: string): Warning[] {
  if (dayTypes === undefined || days.to !== Infinity) return []
  const first = `${CALENDAR_YEARS.to + 1}-01-01`
  const openLater = [0, 1, 2, 3, 4, 5, 6].filter((i) => isOpen(days, days.settled + i)).length
  const said = {
    message: `Public holidays are known up to ${CALENDAR_YEARS.to}; from ${first} on a day is a workday or weekend by its weekday alone (${openLater} open days a week). State "to", or watch for the new calendar.`,
    messageZh: `节假日数据只到 ${CALENDAR_YEARS.to} 年;从 ${first} 起只按星期判断工作日和周末(每周 ${openLater} 天可用)。请写明 to,或留意新日历。`,
  }
  return [
    warning('calendar_ends', `${path}.dayTypes`, said, {
      calendarTo: CALENDAR_YEARS.to,
      openDaysAWeekAfter: openLater,
    }),
  ]
}
