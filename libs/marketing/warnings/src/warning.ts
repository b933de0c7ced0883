import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { moneyText } from '@lijian/money'
import type { Campaign, DocumentWarning, Offer, WarningCode } from '@lijian/contracts/marketing'

let shownIn = DEFAULT_CURRENCY

/** Whatever `work` says of amounts, it says in the campaign's currency. It must be done when it returns. */
export function inCurrencyOf<T>({ currency }: Campaign, work: () => T): T {
  const before = shownIn
  shownIn = currency
  try {
    return work()
  } finally {
    shownIn = before
  }
}

/** An amount with the decimals of the campaign's currency. */
export const yuan = (amountFen: number): string => moneyText(amountFen, shownIn)

export type Warning = DocumentWarning

/** One offer under review. */
export interface Reviewed {
  campaign: Campaign
  offer: Offer
  /** `offers[0]` */
  at: string
}

/** Both languages side by side where a warning is made. */
export interface Said {
  message: string
  messageZh: string
}

export function warning(code: WarningCode, path: string, said: Said, proof: Record<string, unknown>): Warning {
  return { code, level: 'warning', path, ...said, proof }
}

export function info(code: WarningCode, path: string, said: Said, proof: Record<string, unknown>): Warning {
  return { code, level: 'info', path, ...said, proof }
}
