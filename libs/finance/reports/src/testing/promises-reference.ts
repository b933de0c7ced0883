import type { ReportParameters } from '@lijian/contracts/finance'
import type { ReportRow } from '../definition'
import { CAMPAIGN, type CampaignWorld } from './campaign-world'
import { dateAt } from './whole-section'

const DAY_MS = 86_400_000
const FIGURES = ['uses', 'amount', 'average', 'cost', 'net', 'cost_per_use']
const over = (part: number, whole: number) => (whole === 0 ? null : Math.trunc(part / whole) + 0)
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** Of a version in a currency: what its offers gave in the dates. */
function givenBy({ events }: CampaignWorld, version: number, currency: string, asked: ReportParameters) {
  const mine = events
    .filter((one) => one.currency === currency && one.date >= asked.from && one.date <= asked.to)
    .flatMap(({ event, amountFen, offers }) => {
      const ours = offers.filter(
        (one) =>
          one.campaign === CAMPAIGN &&
          one.version === version &&
          (asked.offer === undefined || one.code === asked.offer),
      )
      return ours.length === 0
        ? []
        : [{ isUse: event === 'capture', amountFen, cost: sum(ours.map((one) => one.discountFen)) }]
    })
  const uses = mine.filter(({ isUse }) => isUse)
  const cost = sum(uses.map((one) => one.cost))
  const back = sum(mine.filter(({ isUse }) => !isUse).map((one) => one.cost))
  const amount = sum(uses.map((one) => one.amountFen))
  return { isAny: mine.length > 0, uses: uses.length, amount, cost, net: cost - back }
}

/** Dates on which a version was in force within those of the report. */
function inForce({ approved, document }: CampaignWorld, version: 2 | 3, asked: ReportParameters) {
  const at = approved[version]
  if (document === null || at === null) return undefined
  const other = approved[version === 2 ? 3 : 2]
  const isLast = other === null || Date.parse(other) < Date.parse(at) || (other === at && version === 3)
  // Version 3's document has no other dates than its first.
  const begins = version === 2 ? document.from : '2020-01-01'
  const first = [asked.from, dateAt(at), begins].sort().at(-1)!
  const last = [asked.to, ...(isLast ? [] : [dateAt(other)])].sort()[0]!
  return first > last ? undefined : { first, last, days: (Date.parse(last) - Date.parse(first)) / DAY_MS + 1, at }
}

export function promised(world: CampaignWorld, asked: ReportParameters): ReportRow[] {
  const rows: ReportRow[] = []
  for (const version of [2, 3] as const) {
    const force = inForce(world, version, asked)
    const kept = world.backtests.filter((one) => one.version === version)
    const promise = force && kept.filter(({ at }) => Date.parse(at) <= Date.parse(force.at)).at(-1)
    const ofDocument = (version === 3 ? 'USD' : world.document?.currency) ?? 'CNY'
    for (const currency of ['CNY', 'JPY', 'USD']) {
      const { isAny, ...given } = givenBy(world, version, currency, asked)
      const isShown = isAny || (force !== undefined && (promise?.currency ?? ofDocument) === currency)
      if (!isShown) continue
      const actual = { ...given, average: over(given.amount, given.uses), cost_per_use: over(given.net, given.uses) }
      const said = promise?.currency === currency ? (asked.offer === undefined ? promise.all : promise.offers[asked.offer as 'O1']) : undefined // prettier-ignore
      const scaled = (value: number) => Math.trunc((value * force!.days) / promise!.paymentDays) + 0
      const promises: Record<string, number | null> =
        said === undefined
          ? Object.fromEntries(FIGURES.map((key) => [key, null]))
          : {
              uses: scaled(said.uses),
              amount: scaled(said.amount),
              average: over(said.amount, said.uses),
              cost: scaled(said.given),
              net: scaled(said.given - said.returned),
              cost_per_use: over(said.given - said.returned, said.uses),
            }
      rows.push({
        ...{ version, currency, first: force?.first ?? null, last: force?.last ?? null, ...actual },
        backtest: force === undefined || kept.length === 0 ? 'none' : promise === undefined ? 'late' : 'kept',
        backtest_on: promise === undefined ? null : dateAt(promise.at),
        ...Object.fromEntries(FIGURES.map((key) => [`${key}_promised`, promises[key]!])),
        ...Object.fromEntries(
          FIGURES.map((key) => {
            const [is, was] = [actual[key as 'uses'], promises[key]!]
            return [`${key}_difference`, is === null || was === null ? null : is - was]
          }),
        ),
      })
    }
  }
  return rows
}
