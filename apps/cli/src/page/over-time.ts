import type { BacktestBudget, BacktestReport } from '@lijian/contracts/marketing'
import { amount, count, unit } from '../figures'
import { courses, timeBars, type Bar, type Course } from './charts'
import { both, escape, htmlTable, words, type Words } from './markup'
import { binKind, binNext, binStart, dateOf, dayNumber, onAxis } from './scales'

/** First and last day on which there was a payment, or something was given or came back. */
function daysOf({ days, a, b }: BacktestReport): [number, number] | undefined {
  const all = [days, a.days, b?.days ?? []].flatMap((list) =>
    list.length === 0 ? [] : [dayNumber(list[0]!.date), dayNumber(list.at(-1)!.date)],
  )
  return all.length === 0 ? undefined : [Math.min(...all), Math.max(...all)]
}

export function daySection(report: BacktestReport): string {
  const range = daysOf(report)
  if (range === undefined) return ''
  const [first, last] = range
  const kind = binKind(last - first + 1)
  const sides = [report.a, ...(report.b === undefined ? [] : [report.b])]
  const bars = new Map<number, Bar>()
  for (let start = binStart(first, kind); start <= last; start = binNext(start, kind)) {
    const next = binNext(start, kind)
    const label = kind === 'day' ? dateOf(start) : `${dateOf(start)} – ${dateOf(next - 1)}`
    bars.set(start, { start, next, label, values: sides.map(() => 0) })
  }
  sides.forEach(({ days }, i) => {
    for (const { date, discount } of days) bars.get(binStart(dayNumber(date), kind))!.values[i]! += discount
  })
  const most = { day: words('每日', 'per day'), week: words('每周', 'per week'), month: words('每月', 'per month') }[
    kind
  ]
  const title = words(`${most.zh}优惠净额`, `Discount ${most.en}, net`)
  const days = last - first + 1
  const note = words(
    `${count(days)} 天${kind === 'day' ? '' : `，每柱一${kind === 'week' ? '周' : '月'}；逐日数字见 JSON`}。优惠最多的一天：`,
    `${count(days)} days${kind === 'day' ? '' : `, one bar a ${kind}; the JSON has each day`}. The dearest day: `,
  )
  const dearest = report.a.days.reduce<{ date: string; discount: number } | undefined>(
    (best, day) => (best === undefined || day.discount > best.discount ? day : best),
    undefined,
  )
  return `<h2>${both(title)}</h2>
<p>${both(note)}${dearest === undefined ? '–' : escape(`${dearest.date}, ${amount(dearest.discount)}`)}</p>
<figure>${timeBars(title, [...bars.values()], onAxis)}</figure>`
}

const SHOWN = 6

/** Budgets for good as courses, all of them as a table. */
export function budgetSection(report: BacktestReport): string {
  const range = daysOf(report)
  const { a, b } = report
  if (range === undefined) return ''
  const ids = [...new Set([...a.budgets, ...(b?.budgets ?? [])].map(({ limit }) => limit))]
  const pairs = ids.map((limit) => ({
    limit,
    a: a.budgets.find((budget) => budget.limit === limit),
    b: b?.budgets.find((budget) => budget.limit === limit),
  }))
  const charts = pairs
    .filter((pair) => (pair.a ?? pair.b)!.period === 'total')
    .sort((x, y) => weight(y) - weight(x))
    .map((pair) => budgetChart(pair, range, b !== undefined))
  const whole = courses(words('全部优惠', 'all discounts'), [courseOf('a', a.days), ...(b === undefined ? [] : [courseOf('b', b.days)])], range, onAxis, b !== undefined) // prettier-ignore
  const left = Math.max(0, charts.length - SHOWN)
  return `<h2>${both(words('累计优惠与预算', 'Cumulative spend against budget'))}</h2>
<p>${both(words('虚线是预算，红圈是预算第一次拒绝付款的日子。累计为净额：退货收回的优惠会扣减，即使规则不恢复额度；次数只扣减撤销和冲正，退货恢复的名额可以再用。', 'The dashed line is the budget, the red circle the day on which it first refused a payment. Spend is net: what refunds bring back is taken off, even where the rules do not restore the quota; uses are less voids and reversals only, so a place that a refund restored is counted twice.'))}${left === 0 ? '' : both(words(`另有 ${left} 个预算见下表。`, ` ${left} more are in the table.`))}</p>
<figure class="pair">${[whole, ...charts.slice(0, SHOWN)].join('')}</figure>
${budgetTable(pairs)}`
}

interface Pair {
  limit: string
  a: BacktestBudget | undefined
  b: BacktestBudget | undefined
}

const weight = ({ a, b }: Pair): number => {
  const of = (a ?? b)!
  return (of.firstRefusal === undefined ? 0 : 1e15) + Math.max(of.spent, 0)
}

function courseOf(side: 'a' | 'b', days: readonly { date: string; discount: number }[]): Course {
  let value = 0
  return { side, points: days.map(({ date, discount }) => ({ date, value: (value += discount) })) }
}

function budgetChart({ limit, a, b }: Pair, range: [number, number], isCompared: boolean): string {
  const byCount = (a ?? b)!.amount === undefined
  const of = (side: 'a' | 'b', budget: BacktestBudget | undefined): Course[] => {
    if (budget === undefined) return []
    let value = 0
    const points = budget.days.map(({ date, spent, uses }) => ({ date, value: (value += byCount ? uses : spent) }))
    const most = byCount ? budget.count : budget.amount
    return [
      {
        side,
        points,
        ...(most === undefined ? {} : { limit: most }),
        ...(budget.firstRefusal === undefined ? {} : { ranOut: budget.firstRefusal.at }),
      },
    ]
  }
  const label = byCount
    ? words(`${limit}（次）`, `${limit} (uses)`)
    : words(`${limit}（${unit().zh}）`, `${limit} (${unit().en})`)
  return courses(label, [...of('a', a), ...of('b', b)], range, byCount ? count : onAxis, isCompared)
}

const PERIODS: Record<string, Words> = {
  total: words('总', 'total'),
  day: words('日', 'day'),
  week: words('周', 'week'),
  month: words('月', 'month'),
  quarter: words('季', 'quarter'),
  year: words('年', 'year'),
}

function budgetTable(pairs: readonly Pair[]): string {
  if (pairs.length === 0)
    return `<p>${both(words('没有预算或整体限额。', 'There is no budget and no limit over everybody.'))}</p>`
  const isCompared = pairs.some(({ b }) => b !== undefined)
  const rows = pairs.flatMap(
    ({ a, b }) =>
    ([['A', a], ['B', b]] as const).flatMap(([side, budget]) => (budget === undefined ? [] : [row(side, budget, isCompared)])), // prettier-ignore
  )
  return htmlTable(
    [
      { head: words('预算或限额', 'budget or limit'), isText: true },
      ...(isCompared ? [{ head: words('', ''), isText: true }] : []),
      { head: words('周期', 'period'), isText: true },
      { head: words(`额度（${unit().zh}）`, 'amount') },
      { head: words('净用额', 'spent, net') },
      { head: words('次数上限', 'uses allowed') },
      { head: words('次数', 'uses') },
      { head: words('首次用完', 'first refusal') },
      { head: words('当时剩余', 'left then') },
      { head: words('拒绝次数', 'refusals') },
      { head: words('用完的周期数', 'periods run out') },
    ],
    rows,
  )
}

function row(side: string, budget: BacktestBudget, isCompared: boolean): (string | Words)[] {
  const { limit, period, firstRefusal: first } = budget
  const left = [
    ...(first?.leftAmount === undefined
      ? []
      : [words(`${amount(first.leftAmount)} ${unit().zh}`, amount(first.leftAmount))]),
    ...(first?.leftCount === undefined
      ? []
      : [words(`${count(first.leftCount)} 次`, `${count(first.leftCount)} uses`)]),
  ]
  return [
    ...[limit, ...(isCompared ? [side] : []), PERIODS[period] ?? period],
    budget.amount === undefined ? '–' : amount(budget.amount),
    amount(budget.spent),
    ...[budget.count === undefined ? '–' : count(budget.count), count(budget.uses)],
    first === undefined ? words('没有用完', 'never') : first.at.slice(0, 16).replace('T', ' '),
    words(left.map(({ zh }) => zh).join('，'), left.map(({ en }) => en).join(', ')),
    ...[count(budget.refusals), count(budget.periodsRunOut)],
  ]
}
