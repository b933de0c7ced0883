import type { Campaign } from '@lijian/contracts/marketing'
import { BIRMINGHAM_AMOUNTS, type AmountDistribution } from './amounts'
import { costWarnings } from './budgets'
import { codeWarnings, DEFAULT_CODE_LISTS, type CodeLists } from './codes'
import { campaignKeyWarnings, keyWarnings } from './keys'
import { boundWarnings, campaignLimitWarnings, limitWarnings } from './limits'
import { promiseWarnings } from './promises'
import { rankedOffers, shadowWarnings } from './shadow'
import { tierWarnings } from './tiers'
import { inCurrencyOf, type Reviewed, type Warning } from './warning'
import { windowWarnings } from './window'

export interface WarningOptions {
  /** A budget should last this many days; default 7. */
  minDays?: number
  /** Payments a day that meet an offer's conditions and get something; a whole number. Without it nothing is said about days. */
  paymentsPerDay?: number
  /** Which amounts payments have; default BIRMINGHAM_AMOUNTS. */
  amounts?: AmountDistribution
  /** The configured code lists; those that are missing are the defaults. */
  codes?: Partial<CodeLists>
}

/**
 * What is odd in a document that `parseCampaign` accepts, each with its proof (issue 4 §1, "Warnings with proof"): unlisted codes, the campaign,
 * then offer by offer. Claims about amounts are about the offer alone, on a payment that no other offer has lowered.
 */
export function documentWarnings(campaign: Campaign, options: WarningOptions = {}): Warning[] {
  return [...warningsInPieces(campaign, options)].flat()
}

/** The same in pieces, first the campaign's, then one for each offer: for a process that must not be busy for long at a stretch. */
export function* warningsInPieces(campaign: Campaign, options: WarningOptions = {}): Generator<Warning[]> {
  const { minDays = 7, paymentsPerDay, amounts = BIRMINGHAM_AMOUNTS } = options
  const ranked = rankedOffers(campaign)
  const ofOffer = (reviewed: Reviewed): Warning[] => [
    ...windowWarnings(reviewed),
    ...tierWarnings(reviewed),
    ...promiseWarnings(reviewed),
    ...limitWarnings(reviewed),
    ...keyWarnings(reviewed),
    ...shadowWarnings(reviewed, ranked),
    ...costWarnings(reviewed, { amounts, minDays, paymentsPerDay }),
  ]
  yield inCurrencyOf(campaign, () => [
    ...codeWarnings(campaign, { ...DEFAULT_CODE_LISTS, ...options.codes }),
    ...campaignKeyWarnings(campaign),
    ...boundWarnings(campaign),
    ...campaignLimitWarnings(campaign),
  ])
  for (const [i, offer] of campaign.offers.entries())
    yield inCurrencyOf(campaign, () => ofOffer({ campaign, offer, at: `offers[${i}]` }))
}
