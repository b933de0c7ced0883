import type { FunderShare } from './answer'

/** What one offer gives back with one part. */
export interface ReturnedOffer {
  code: string
  kind: 'amount' | 'fee'
  delivery: 'instant' | 'rebate'
  discountFen: number
  funders: FunderShare[]
}

export interface RefundPart {
  amountFen: number
  eligibleFen: number
  /** What goes back to the payer. */
  payerFen: number
  /** The rest: instant discount that goes back to its funders. */
  discountFen: number
  fee: { originalFen: number; finalFen: number; savedFen: number }
  /** Every offer of the transaction, also with 0. */
  offers: ReturnedOffer[]
  /** Nothing is left to refund. */
  last: boolean
  /** One refund of everything. */
  whole: boolean
}
