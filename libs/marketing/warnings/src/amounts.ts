import { BIRMINGHAM_MEDIANS } from './amounts-birmingham'

/** Which amounts payments have: each with its weight (a whole number above 0), in fen. The name stands in every proof that used it. */
export interface AmountDistribution {
  name: string
  points: readonly { amountFen: number; weight: number }[]
}

/**
 * Real purchase-card payments, 180,450 of them, as the medians of 200 slices of equal weight; one penny is read as one fen (median 42.65).
 * Contains public sector information of Birmingham City Council licensed under the Open Government Licence v3.0.
 */
export const BIRMINGHAM_AMOUNTS: AmountDistribution = {
  name: 'birmingham-purchase-cards-2013-2018',
  points: BIRMINGHAM_MEDIANS.map((amountFen) => ({ amountFen, weight: 1 })),
}
