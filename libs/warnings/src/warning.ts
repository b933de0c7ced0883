import type { Campaign, Offer } from '@lijian/contracts'

/**
 * What a reviewer of a legal document should know. `warning`: something in it cannot have the effect it seems to have, or costs what it should
 * not; `info`: a figure or a consequence that is meant to be, perhaps. `proof` is data from which the claim can be checked without this
 * library: amounts in fen, days, the entries compared.
 */
export interface Warning {
  code: WarningCode
  level: 'warning' | 'info'
  /** Where in the document, as errors name it: `offers[0].rule.benefit.tiers[1]`. */
  path: string
  message: string
  messageZh: string
  proof: Record<string, unknown>
}

export type WarningCode =
  | 'offer_never_gives'
  | 'tier_never_chosen'
  | 'tier_gives_nothing'
  | 'tier_adds_nothing'
  | 'tier_gives_less'
  | 'discount_exceeds_payment'
  | 'cap_never_reached'
  | 'cap_cuts_promise'
  | 'draw_max_unreachable'
  | 'limit_never_reached'
  | 'limit_below_discount'
  | 'no_bound'
  | 'window_never_open'
  | 'date_never_open'
  | 'excluded_date_outside'
  | 'daily_overlap'
  | 'calendar_ends'
  | 'offer_shadowed'
  | 'offer_is_fallback'
  | 'groups_exclude_each_other'
  | 'unlisted_code'
  | 'key_without_effect'
  | 'funder_without_share'
  | 'cycle_never_ends'
  | 'budget_short'
  | 'expected_cost'

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

/** Fen as people write amounts: `yuan(1500)` = 15.00. */
export const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
