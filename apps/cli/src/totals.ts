import type { BacktestTotals } from '@lijian/contracts/marketing'
import { amount, count, percent, plus } from './figures'

export const FORMS = { fen: amount, count, share: percent }

export interface Total {
  key: keyof BacktestTotals
  form: keyof typeof FORMS
  zh: string
  en: string
}

const total = (key: Total['key'], form: Total['form'], zh: string, en: string): Total => ({ key, form, zh, en })

/** The totals in the order in which they are shown; indented ones are parts of what stands above. */
export const TOTALS: readonly Total[] = [
  total('discount', 'fen', '优惠净额', 'discount, net'),
  total('given', 'fen', '　发放', '  given'),
  total('returned', 'fen', '　收回', '  returned'),
  total('instant', 'fen', '　立减', '  off at the till'),
  total('rebate', 'fen', '　返现', '  rebates'),
  total('feeSaved', 'fen', '　减免手续费', '  fees saved'),
  total('uses', 'count', '优惠次数', 'offers given'),
  total('paymentsReached', 'count', '享受优惠的付款', 'payments reached'),
  total('paymentsReachedPpm', 'share', '　占全部付款', '  of all payments'),
  total('cardsReached', 'count', '享受优惠的卡', 'cards reached'),
  total('cardsReachedPpm', 'share', '　占全部卡', '  of all cards'),
  total('amountReached', 'fen', '享受优惠的付款金额', 'amount of payments reached'),
]

/** A − B: shares differ by percentage points. */
export function totalDifference({ key, form }: Total, a: BacktestTotals, b: BacktestTotals): string {
  const difference = a[key] - b[key]
  return form === 'share' ? plus(difference, (ppm) => `${(ppm / 10_000).toFixed(2)} pp`) : plus(difference, FORMS[form])
}
