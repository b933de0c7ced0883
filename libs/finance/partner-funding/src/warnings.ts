import type { FundingWarning, PartnerLine } from '@lijian/contracts/finance'
import { moneyText } from '@lijian/money'
import type { Forecast } from './forecast'

export interface WarningAsk {
  line: PartnerLine
  paidInFen: number
  warnBelowFen: number | null
  warnBelowPpm: number | null
  forecast: Forecast | undefined
  /** The instant of a minute of today. */
  instantOf: (minute: number) => string
}

const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** What somebody should know about a prepaid balance now; empty: nothing. Partners that never paid in and have no credit get none. */
export function fundingWarnings({
  line,
  paidInFen,
  warnBelowFen,
  warnBelowPpm,
  forecast,
  instantOf,
}: WarningAsk): FundingWarning[] {
  const { code: partner, available, balance, creditLine, currency, status } = line
  if (status === 'closed' || (paidInFen === 0 && creditLine === 0)) return []
  const found: FundingWarning[] = []
  if (available <= 0)
    found.push({ partner, warning: 'exhausted', available, say: 'nothing is left: its offers are refused' })
  if (warnBelowFen !== null && balance < warnBelowFen)
    found.push({
      partner,
      warning: 'below_amount',
      available,
      threshold: warnBelowFen,
      say: `the balance ${moneyText(balance, currency)} is below ${moneyText(warnBelowFen, currency)}`,
    })
  const share = warnBelowPpm === null ? null : Number((BigInt(paidInFen) * BigInt(warnBelowPpm)) / 1_000_000n)
  if (share !== null && balance < share)
    found.push({
      partner,
      warning: 'below_share',
      available,
      threshold: share,
      say: `the balance ${moneyText(balance, currency)} is below ${warnBelowPpm! / 10_000} % of what was paid in`,
    })
  if (available > 0 && forecast?.endsAtMinute !== undefined)
    found.push({
      partner,
      warning: 'ends_today',
      available,
      endsAt: instantOf(forecast.endsAtMinute),
      say: `at today's pace the balance ends at ${clock(forecast.endsAtMinute)}`,
    })
  return found
}
