import type { Campaign, DocumentWarning, Offer, WarningCode } from '@lijian/contracts/marketing'

export { yuanText as yuan } from '@lijian/money'

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
