import type { BacktestCompared, BacktestReport, BacktestSide } from '@lijian/contracts/marketing'

/** Per metric: A, B, A - B; what one of them does not have is 0 there. */
export function compareSides(a: BacktestSide, b: BacktestSide): NonNullable<BacktestReport['difference']> {
  const by = <T>(list: (side: BacktestSide) => readonly T[], key: (entry: T) => string, value: (entry: T) => number) =>
    compare(list(a).map((e) => [key(e), value(e)]), list(b).map((e) => [key(e), value(e)])) // prettier-ignore
  const discount = ({ discount: fen }: { discount: number }) => fen
  return {
    totals: compare(Object.entries(a.totals), Object.entries(b.totals)),
    days: by(({ days }) => days, ({ date }) => date, discount).sort((x, y) => (x.key < y.key ? -1 : 1)), // prettier-ignore
    offers: by(({ offers }) => offers, ({ offer }) => offer, discount), // prettier-ignore
    uses: by(({ offers }) => offers, ({ offer }) => offer, ({ uses }) => uses), // prettier-ignore
    merchants: by(({ merchants }) => merchants, ({ merchant }) => merchant, discount), // prettier-ignore
    funders: by(({ funders }) => funders, ({ partner }) => partner, discount), // prettier-ignore
    budgets: by(({ budgets }) => budgets, ({ limit }) => limit, ({ spent }) => spent), // prettier-ignore
    refusals: by(({ refusals }) => refusals, ({ reason }) => reason, ({ count }) => count), // prettier-ignore
  }
}

function compare(a: [string, number][], b: [string, number][]): BacktestCompared[] {
  const [ofA, ofB] = [new Map(a), new Map(b)]
  return [...new Set([...ofA.keys(), ...ofB.keys()])].map((key) => {
    const [inA, inB] = [ofA.get(key) ?? 0, ofB.get(key) ?? 0]
    return { key, a: inA, b: inB, difference: inA - inB }
  })
}
