import type { AmountDistribution } from './amounts'
import { expectedCost, meanPerGrant, STANDARD_FEE, type ExpectedCost } from './cost'
import { budgetOf, campaignLimits, concerns, ownLimits, type Placed } from './limits'
import { floored, less, over, rational, rounded, text, times, type Rational } from './rational'
import { info, warning, yuan, type Reviewed, type Warning } from './warning'

export interface BudgetOptions {
  amounts: AmountDistribution
  minDays: number
  paymentsPerDay?: number
}

/** What an offer is expected to cost, how many grants its budgets hold, and whether they last long enough. */
export function costWarnings(reviewed: Reviewed, options: BudgetOptions): Warning[] {
  const { campaign, offer, at } = reviewed
  const cost = expectedCost(campaign, offer, options.amounts)
  const mean = meanPerGrant(offer, options.amounts, STANDARD_FEE)
  if (cost.perGrant === undefined || mean === undefined) return [costsNothing(at, cost)]
  const { perGrant } = cost
  const budgets = [...budgetOf(offer.budget, `${at}.budget`), ...budgetOf(campaign.budget, 'budget')]
  const holds = budgets.flatMap(({ path, limit }) => {
    if (limit.amount === undefined) return []
    const grants = (each: Rational) => Math.min(floored(over(rational(limit.amount!), each)!), limit.count ?? Infinity)
    return [
      {
        path,
        grantsAtMin: grants(rational(perGrant.min.fen)),
        grantsAtMean: grants(mean),
        grantsAtMax: grants(rational(perGrant.max.fen)),
      },
    ]
  })
  const said = {
    message: `Expected per payment ${yuan(cost.meanPerPaymentFen.rounded)}, per grant ${yuan(perGrant.meanFen.rounded)} (${yuan(perGrant.min.fen)} to ${yuan(perGrant.max.fen)}), over the amounts ${cost.amounts}.`,
    messageZh: `按金额分布 ${cost.amounts},平均每笔交易 ${yuan(cost.meanPerPaymentFen.rounded)},每次优惠 ${yuan(perGrant.meanFen.rounded)}(${yuan(perGrant.min.fen)} 至 ${yuan(perGrant.max.fen)})。`,
  }
  return [
    ...tooShort(reviewed, mean, options),
    info('expected_cost', `${at}.rule.benefit`, said, { ...cost, budgetsHold: holds }),
  ]
}

function costsNothing(at: string, cost: ExpectedCost): Warning {
  const said = {
    message: `Expected per payment 0.00: none of the amounts ${cost.amounts} gets anything.`,
    messageZh: `按金额分布 ${cost.amounts},平均每笔交易 0.00:其中没有金额能得到优惠。`,
  }
  return info('expected_cost', `${at}.rule.benefit`, said, { ...cost, budgetsHold: [] })
}

/**
 * Days = budget ÷ (what the offer gives a day). A day gives to `paymentsPerDay` payments, or fewer where a limit per day over all payments ends
 * it before; each gets the mean. The budget that ends first is named.
 */
function tooShort(reviewed: Reviewed, mean: Rational, { minDays, paymentsPerDay, amounts }: BudgetOptions): Warning[] {
  if (paymentsPerDay === undefined || paymentsPerDay <= 0) return []
  const { campaign, offer, at } = reviewed
  const all = [...ownLimits(offer, at), ...campaignLimits(campaign).filter((placed) => concerns(placed, offer))]
  const daily = all.filter(({ limit }) => limit.per.length === 0 && limit.period === 'day')
  const grants = daily.reduce((most, { limit }) => Math.min(most, limit.count ?? Infinity), paymentsPerDay)
  const perDay = daily.reduce((cost, { limit }) => leastOf(cost, amountOf(limit)), times(rational(grants), mean))
  const ends = all
    .filter(({ isBudget }) => isBudget)
    .flatMap((budget) => runsOut(budget, perDay, grants))
    .sort((a, b) => (less(a.days, b.days) ? -1 : 1))
  const [first] = ends
  if (first === undefined || !less(first.days, rational(minDays))) return []
  const said = {
    message: `At ${paymentsPerDay} payments a day and ${yuan(rounded(mean))} each, ${first.path} lasts ${shown(first.days)} days, less than ${minDays}: raise it, or give less.`,
    messageZh: `按每天 ${paymentsPerDay} 笔、每笔 ${yuan(rounded(mean))} 计,${first.path} 只够 ${shown(first.days)} 天,少于 ${minDays} 天:请提高额度或降低优惠。`,
  }
  const proof = {
    budget: { path: first.path, [first.key]: first.size },
    meanPerGrantFen: text(mean),
    grantsPerDay: grants,
    costPerDayFen: text(perDay),
    days: text(first.days),
    minDays,
    amounts: amounts.name,
  }
  return [warning('budget_short', first.path, said, proof)]
}

const leastOf = (a: Rational, b: Rational | undefined): Rational => (b !== undefined && less(b, a) ? b : a)
const amountOf = ({ amount, measure }: Placed['limit']): Rational | undefined =>
  amount === undefined || measure === 'gross' ? undefined : rational(amount)

interface End {
  path: string
  key: 'amount' | 'count'
  size: number
  days: Rational
}

function runsOut({ path, limit }: Placed, perDay: Rational, grants: number): End[] {
  const end = (key: 'amount' | 'count', aDay: Rational): End[] => {
    const size = limit[key]
    const days = size === undefined ? undefined : over(rational(size), aDay)
    return size === undefined || days === undefined ? [] : [{ path, key, size, days }]
  }
  return [...end('amount', perDay), ...end('count', rational(grants))]
}

/** One digit behind the point, rounded down: 6.97 days are not 7. */
function shown(days: Rational): string {
  const tenths = floored(times(days, rational(10)))
  return `${Math.floor(tenths / 10)}.${tenths % 10}`
}
