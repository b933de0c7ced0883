import { z } from 'zod'

/** What can be odd about a campaign document that is valid. The README of libs/marketing/warnings says of each what it claims and how it proves it. */
export const WARNING_CODES = [
  'offer_never_gives',
  'tier_never_chosen',
  'tier_gives_nothing',
  'tier_adds_nothing',
  'tier_gives_less',
  'discount_exceeds_payment',
  'cap_never_reached',
  'cap_cuts_promise',
  'draw_max_unreachable',
  'limit_never_reached',
  'limit_below_discount',
  'no_bound',
  'window_never_open',
  'date_never_open',
  'excluded_date_outside',
  'daily_overlap',
  'calendar_ends',
  'offer_shadowed',
  'offer_is_fallback',
  'groups_exclude_each_other',
  'unlisted_code',
  'key_without_effect',
  'funder_without_share',
  'cycle_never_ends',
  'budget_short',
  'expected_cost',
  // Of these the document alone knows nothing: what is stored beside it, and what was used of its limits.
  'not_stored',
  'limit_lowered',
] as const
export type WarningCode = (typeof WARNING_CODES)[number]

/**
 * What a reviewer of a valid document should know. `proof` is data from which the claim can be checked by itself: amounts in fen, days, the
 * entries compared.
 */
export const documentWarning = z.object({
  code: z.enum(WARNING_CODES),
  level: z
    .enum(['warning', 'info'])
    .describe(
      'warning: cannot have the effect it seems to have, or costs too much; info: a figure, or what may be meant',
    ),
  path: z.string().describe('as errors name it: offers[0].rule.benefit.tiers[1]'),
  message: z.string(),
  messageZh: z.string(),
  proof: z.record(z.string(), z.unknown()).describe('what the claim can be checked from; amounts in fen'),
})
export type DocumentWarning = z.infer<typeof documentWarning>
