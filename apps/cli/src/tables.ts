import type { BacktestBudget, BacktestCompared, BacktestReport, BacktestSide } from '@lijian/contracts/marketing'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { amount, count, monthsOf, plus, showIn } from './figures'
import { table } from './table'
import { FORMS, TOTALS, totalDifference } from './totals'

/** What A, B and the payments were read from. */
export interface Named {
  a: string
  b: string | undefined
  payments: string
}

const TOP = 15
const DAYS_SHOWN = 62

/** The report as text, for a terminal. */
export function backtestTables(report: BacktestReport, named: Named): string {
  const { lines, a, b, difference, currency } = report
  showIn(currency)
  const intro = [
    `${named.payments}: ${count(lines.payments)} payments of ${amount(lines.amount)}${currency === DEFAULT_CURRENCY ? '' : ` ${currency}`} at ${count(lines.merchants)} merchants with`,
    `${count(lines.cards)} cards, ${lines.from ?? '-'} to ${lines.to ?? '-'}; ${count(lines.failed)} failed,`,
    `${count(lines.refunds)} refunds, ${count(lines.voids)} voids, ${count(lines.reversals)} reversals,`,
    `${count(lines.repeated)} repeated lines, ${count(lines.errors)} errors`,
  ].join(' ')
  const parts =
    b === undefined || difference === undefined
      ? [intro, totals(a, undefined), ...sideTables(report, a, '')]
      : [
          intro,
          `A = ${named.a}, B = ${named.b}`,
          totals(a, b),
          ...sideTables(report, a, 'A: '),
          ...sideTables(report, b, 'B: '),
          differences('A against B: discount per offer', difference.offers, amount),
          differences('A against B: discount per funder', difference.funders, amount),
          differences('A against B: refusals', difference.refusals, count),
        ]
  return `${parts.join('\n\n')}\n`
}

function totals({ totals: a }: BacktestSide, b: BacktestSide | undefined): string {
  if (b === undefined)
    return table(['', '>'], TOTALS.map(({ key, form, en }) => [en, FORMS[form](a[key])])) // prettier-ignore
  return table(
    ['', '>A', '>B', '>A - B'],
    TOTALS.map((total) => {
      const { key, form, en } = total
      return [en, FORMS[form](a[key]), FORMS[form](b.totals[key]), totalDifference(total, a, b.totals)]
    }),
  )
}

function sideTables({ days }: BacktestReport, side: BacktestSide, which: string): string[] {
  const { offers, funders, merchants, budgets, refusals, refusedEvents } = side
  const perMonth = days.length > DAYS_SHOWN
  const money = ({ given, returned, discount }: { given: number; returned: number; discount: number }) =>
    [given, returned, discount].map(amount)
  const titled = (title: string, heads: readonly string[], rows: readonly (readonly string[])[]) =>
    rows.length === 0 ? [] : [`${which}${title}\n${table(heads, rows)}`]
  return [
    ...titled(
      'offers',
      ['offer', '', '>uses', '>given', '>returned', '>discount'],
      offers.map((offer) => [offer.offer, offer.name, count(offer.uses), ...money(offer)]),
    ),
    ...titled(
      'budgets, limits over everybody, balances',
      ['budget', 'period', '>amount', '>spent', '>count', '>uses', '>refusals', 'first refusal', '>left then'],
      budgets.map(budgetRow),
    ),
    ...titled(
      'funders',
      ['funder', '>given', '>returned', '>discount'],
      funders.map((funder) => [funder.partner, ...money(funder)]),
    ),
    ...titled(
      merchants.length > TOP ? `merchants: ${TOP} of ${count(merchants.length)}, --json has all` : 'merchants',
      ['merchant', '', '>payments', '>reached', '>given', '>returned', '>discount'],
      merchants.slice(0, TOP).map((m) => [m.merchant, m.name ?? '', count(m.payments), count(m.reached), ...money(m)]),
    ),
    ...titled(
      'refusals by reason',
      ['reason', ...offers.map(({ offer }) => `>${offer}`), '>all'],
      refusals.map(({ reason, count: all }) => [
        reason,
        ...offers.map((offer) => count(offer.refusals.find((r) => r.reason === reason)?.count ?? 0)),
        count(all),
      ]),
    ),
    ...titled(
      'refunds, voids and reversals that took nothing back',
      ['reason', '>lines'],
      refusedEvents.map(({ reason, count: all }) => [reason, count(all)]),
    ),
    ...titled(
      perMonth ? 'discount per month, --json has the days' : 'discount per day',
      [perMonth ? 'month' : 'day', '>reached', '>given', '>returned', '>discount'],
      (perMonth ? monthsOf(side.days) : side.days).map((day) => [day.date, count(day.reached), ...money(day)]),
    ),
  ]
}

function budgetRow(budget: BacktestBudget): string[] {
  const { limit, period, spent, uses, refusals, firstRefusal: first } = budget
  const left = [
    ...(first?.leftAmount === undefined ? [] : [amount(first.leftAmount)]),
    ...(first?.leftCount === undefined ? [] : [`${count(first.leftCount)} uses`]),
  ].join(', ')
  return [
    ...[limit, period, budget.amount === undefined ? '-' : amount(budget.amount), amount(spent)],
    ...[
      budget.count === undefined ? '-' : count(budget.count),
      count(uses),
      count(refusals),
      first?.at ?? 'never',
      left,
    ],
  ]
}

const differences = (title: string, entries: readonly BacktestCompared[], show: (value: number) => string): string =>
  `${title}\n${table(
    ['', '>A', '>B', '>A - B'],
    entries.map(({ key, a, b, difference }) => [key, show(a), show(b), plus(difference, show)]),
  )}`
