import { dayTypeOf, isoDate, weekdayOf } from '@lijian/calendar'
import type { Reason } from '@lijian/contracts/marketing'
import { activityDayOf, type CompiledOffer, type PaymentFacts } from '@lijian/rules'
import { clock, list, localTime, say } from './said'
import type { WhyNot } from './types'

const WEEKDAYS_EN = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const WEEKDAYS_ZH = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日']

/** Reasons of dates and hours: they look at the activity day, which is not always the date on the wall. */
export function whyWindow(reason: Reason, offer: CompiledOffer, facts: PaymentFacts): WhyNot | undefined {
  const { test } = offer
  const zone = offer.campaign.timeZone
  const day = activityDayOf(offer, facts.atMs)
  const date = isoDate(day)
  switch (reason) {
    case 'not_started': {
      const from = isoDate(test.fromDay)
      return {
        found: date,
        expected: `≥ ${from}`,
        text: say(`the day was ${date}, the offer starts on ${from}`, `交易日为 ${date},子活动从 ${from} 开始`),
      }
    }
    case 'ended': {
      const to = isoDate(test.toDay)
      return {
        found: date,
        expected: `≤ ${to}`,
        text: say(`the day was ${date}, the offer ended on ${to}`, `交易日为 ${date},子活动到 ${to} 结束`),
      }
    }
    case 'outside_hours': {
      const found = localTime(facts.atMs, zone)
      const open = list((test.daily ?? []).map(({ from, to }) => `${clock(from)}–${clock(to)}`))
      return {
        found,
        expected: open,
        text: say(`the payment was at ${found}, the offer is open ${open}`, `交易时间为 ${found},子活动时段为 ${open}`),
      }
    }
    case 'excluded_weekday': {
      const weekday = weekdayOf(day)
      const open = [1, 2, 3, 4, 5, 6, 7].filter((n) => (test.weekdays & (1 << n)) !== 0)
      return {
        found: `${date} (${weekday})`,
        expected: list(open),
        text: say(
          `${date} was a ${WEEKDAYS_EN[weekday]}, the offer is open on ${list(open.map((n) => WEEKDAYS_EN[n]!))}`,
          `${date} 是${WEEKDAYS_ZH[weekday]},子活动开放日为${open.map((n) => WEEKDAYS_ZH[n]).join('、')}`,
        ),
      }
    }
    case 'excluded_date':
      return whyDate(day, offer)
    default:
      return undefined
  }
}

function whyDate(day: number, { test }: CompiledOffer): WhyNot {
  const date = isoDate(day)
  if (test.excludedDays?.has(day) === true)
    return { found: date, expected: `≠ ${date}`, text: say(`${date} is excluded`, `${date} 被排除在活动之外`) }
  if (test.onlyDays?.has(day) === false) {
    const days = list([...test.onlyDays].sort((a, b) => a - b).map(isoDate))
    return {
      found: date,
      expected: days,
      text: say(`the day was ${date}, the offer is for ${days} only`, `交易日为 ${date},子活动仅限 ${days}`),
    }
  }
  const [found, expected] = [dayTypeOf(day), list(test.dayTypes ?? [])]
  return {
    found,
    expected,
    text: say(
      `${date} is a ${found}, the offer is for ${expected}`,
      `${date} 的日期类型为 ${found},子活动仅限 ${expected}`,
    ),
  }
}
