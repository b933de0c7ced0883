import type { ReportParameters } from '@lijian/contracts/finance'
import type { ReportRow } from '../definition'
import { CAMPAIGN, type CampaignWorld } from './campaign-world'
import { dateAt } from './whole-section'

/** Each answer of the log that names the offer and is its payment's last on the date. */
export function refusedOffers({ answers }: CampaignWorld, asked: ReportParameters): ReportRow[] {
  const each = answers
    .map((one, place) => ({ ...one, place, date: dateAt(one.at) }))
    .filter(({ date }) => date >= asked.from && date <= asked.to)
    .filter((one, _, all) =>
      all.every(
        (other) =>
          other.serial !== one.serial ||
          other.date !== one.date ||
          (Date.parse(other.at) - Date.parse(one.at) || other.place - one.place) <= 0,
      ),
    )
    .flatMap(({ refused = {}, currency, amountFen }) =>
      Object.entries(refused)
        .map(([ref, reason]) => ({ ref: ref.split('/'), reason, currency, amountFen }))
        .filter(
          ({ ref: [campaign, code] }) => campaign === CAMPAIGN && (asked.offer === undefined || code === asked.offer),
        ),
    )
  return [...new Set(each.map(({ ref, reason, currency }) => `${ref[1]} ${reason} ${currency}`))].map((group) => {
    const [offer, reason, currency] = group.split(' ') as [string, string, string]
    const mine = each.filter((one) => one.ref[1] === offer && one.reason === reason && one.currency === currency)
    return { offer, reason, currency, payments: mine.length, amount: mine.reduce((sum, one) => sum + one.amountFen, 0) }
  })
}
