import { isoDate } from '@lijian/calendar'
import type { BacktestBudget, Campaign, FunderShare, Refusal } from '@lijian/contracts/marketing'
import { fundsOwner } from '@lijian/limits'
import { compileOffer } from '@lijian/rules'

/** Changes of one budget on one day. */
interface Day {
  spent: number
  uses: number
}

/** One budget, limit without dimensions or prepaid balance over the file. */
class Budget {
  private readonly days = new Map<number, Day>()
  private spent = 0
  private uses = 0
  private refusals = 0
  private readonly periods = new Set<string>()
  private first: BacktestBudget['firstRefusal']

  constructor(
    readonly of: Pick<BacktestBudget, 'limit' | 'kind' | 'period' | 'measure' | 'amount' | 'count' | 'offers'>,
  ) {}

  add(day: number, fen: number, uses: number): void {
    let sums = this.days.get(day)
    if (sums === undefined) this.days.set(day, (sums = { spent: 0, uses: 0 }))
    sums.spent += fen
    sums.uses += uses
    this.spent += fen
    this.uses += uses
  }

  refuse(payment: { serial: string; at: string }, refusal: Refusal): void {
    this.refusals += 1
    this.periods.add(refusal.until ?? '')
    if (this.first !== undefined) return
    const { limitAmount, usedAmount = 0, heldAmount = 0, limitCount, usedCount = 0, heldCount = 0 } = refusal
    this.first = {
      at: payment.at,
      serial: payment.serial,
      ...(limitAmount === undefined ? {} : { leftAmount: limitAmount - usedAmount - heldAmount }),
      ...(limitCount === undefined ? {} : { leftCount: limitCount - usedCount - heldCount }),
    }
  }

  report(): BacktestBudget {
    return {
      ...this.of,
      spent: this.spent,
      uses: this.uses,
      refusals: this.refusals,
      periodsRunOut: this.periods.size,
      ...(this.first === undefined ? {} : { firstRefusal: this.first }),
      days: [...this.days].sort(([a], [b]) => a - b).map(([day, sums]) => ({ date: isoDate(day), ...sums })),
    }
  }
}

/** What changes: `sign` 1 when an offer is given, -1 when it comes back; `uses` 0 when a refund brings back a part of it. */
export interface BudgetMove {
  day: number
  offer: string
  fen: number
  /** The payment's amount, or 0 where it does not come back. */
  grossFen: number
  funders: readonly FunderShare[]
  sign: 1 | -1
  uses: number
}

/** Everything of the documents that counts all payments together. */
export class Budgets {
  private readonly byLimit = new Map<string, Budget>()
  private readonly byOffer = new Map<string, Budget[]>()
  private readonly funds = new Map<string, Map<string, Budget>>()

  constructor(campaigns: readonly Campaign[], balances: ReadonlyMap<string, number> | undefined) {
    for (const campaign of campaigns)
      for (const { code } of campaign.offers) {
        const compiled = compileOffer(campaign, 1, code, { cardGroups: [], drawKey: Buffer.alloc(32) })
        for (const { limitId, kind, per, user, period, measure, limitFen, limitCount } of compiled.limits) {
          if (per.length > 0 || user) continue
          const budget = this.budget(limitId, () => ({
            kind,
            period,
            measure,
            ...(limitFen === null ? {} : { amount: limitFen }),
            ...(limitCount === null ? {} : { count: limitCount }),
          }))
          this.share(budget, code)
        }
        if (campaign.paymentMode !== 'prepay' || balances === undefined) continue
        for (const { partner } of compiled.funders) {
          if (partner === '@merchant') continue
          const amount = balances.get(partner) ?? 0
          const budget = this.budget(fundsOwner(partner), () => ({
            kind: 'funds',
            period: 'total',
            measure: 'discount',
            amount,
          }))
          budget.of.offers.push(code)
          const funds = this.funds.get(code) ?? new Map<string, Budget>()
          this.funds.set(code, funds.set(partner, budget))
        }
      }
  }

  private budget(limit: string, make: () => Omit<Budget['of'], 'limit' | 'offers'>): Budget {
    let budget = this.byLimit.get(limit)
    if (budget === undefined) this.byLimit.set(limit, (budget = new Budget({ limit, ...make(), offers: [] })))
    return budget
  }

  private share(budget: Budget, offer: string): void {
    budget.of.offers.push(offer)
    const shared = this.byOffer.get(offer)
    if (shared === undefined) this.byOffer.set(offer, [budget])
    else shared.push(budget)
  }

  move({ day, offer, fen, grossFen, funders, sign, uses }: BudgetMove): void {
    for (const budget of this.byOffer.get(offer) ?? [])
      budget.add(day, sign * (budget.of.measure === 'gross' ? grossFen : fen), sign * uses)
    const funds = this.funds.get(offer)
    if (funds === undefined) return
    for (const { partner, amount } of funders) funds.get(partner)?.add(day, sign * amount, sign * uses)
  }

  refuse(payment: { serial: string; at: string }, refusal: Refusal): void {
    if (refusal.limit !== undefined) this.byLimit.get(refusal.limit)?.refuse(payment, refusal)
  }

  report(): BacktestBudget[] {
    return [...this.byLimit.values()].map((budget) => budget.report())
  }
}
