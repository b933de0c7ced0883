import type { GrantedOffer, RefundRule, RefundPart } from '@lijian/contracts/marketing'
import type { StoredCharge, StoredRefund, TransactionRow } from '@lijian/database'
import { leftFen, refundPart, type Refundable, type RefundRefusal } from '@lijian/refunds'
import { benefitFen, blockCharges, testOffer, type CompiledOffer } from '@lijian/rules'
import { factsOfRow, NeedsVersion, type Documents } from './outcome'

/** What the document version of then says about refunds, whatever the campaign has become since. */
export class RefundTerms {
  private readonly compiled: CompiledOffer[]

  /** Throws NeedsVersion when a document is not in memory. */
  constructor(
    private readonly row: TransactionRow,
    documents: Documents,
  ) {
    this.compiled = row.record.offers.map(({ campaign, version, code }) => {
      const offer = documents.offer(campaign, version, code)
      if (!offer) throw new NeedsVersion(campaign, version)
      return { ...offer, approved: true, suspended: false }
    })
  }

  /** One more part after those in `refunds` that have one. */
  part(refunds: readonly StoredRefund[], amountFen: number, eligibleFen: number | null): RefundPart | RefundRefusal {
    const ask = eligibleFen === null ? { amountFen } : { amountFen, eligibleFen }
    return refundPart(this.refundable(refunds), ask, (left) => this.runAgain(left))
  }

  /** What can still be refunded when these have been. */
  leftAfter(refunds: readonly StoredRefund[]): number {
    return leftFen(this.refundable(refunds))
  }

  restoreOf(code: string): RefundRule['restore'] {
    return this.compiled.find((offer) => offer.code === code)?.offer.rule.refund?.restore
  }

  /** Counters of one place each, by which the refund closes its offers to the payer from `atMs` on. */
  blocks(atMs: number): { offer: string; charge: ReturnType<typeof blockCharges>[number] }[] {
    const facts = factsOfRow(this.row)
    return this.compiled.flatMap((offer) =>
      blockCharges(offer, facts, atMs).map((charge) => ({ offer: offer.code, charge })),
    )
  }

  private refundable(refunds: readonly StoredRefund[]): Refundable {
    const { amountFen, payableFen, record } = this.row
    return {
      amountFen,
      eligibleFen: record.facts?.eligibleFen,
      payableFen,
      offers: record.offers.map((offer, i) => ({
        code: offer.code,
        kind: offer.kind,
        delivery: offer.delivery,
        discountFen: offer.discount,
        funders: offer.funders,
        policy: this.compiled[i]!.offer.rule.refund?.policy ?? 'proportional',
      })),
      fee: { originalFen: record.fee.original, finalFen: record.fee.final, savedFen: record.fee.saved },
      feeOnRefund: record.feeOnRefund ?? 'keep',
      parts: partsOf(refunds),
    }
  }

  /** The rules on what is left of the payment: the same draw, no limits asked, each offer on what the ones before leave. */
  private runAgain(left: { amountFen: number; eligibleFen?: number }): number[] {
    const { record } = this.row
    const facts = { ...factsOfRow(this.row), amountFen: left.amountFen, eligibleFen: left.eligibleFen }
    let payableFen = left.amountFen
    return this.compiled.map((offer, i) => {
      if (offer.kind === 'fee' || left.amountFen === 0 || testOffer(offer, facts) !== undefined) return 0
      const price = { payableFen, feeSavedFen: 0, granted: false, closed: false, fees: record.fees ?? undefined }
      const gives = benefitFen(offer, facts, price)
      const fen = typeof gives === 'number' ? Math.min(gives, record.offers[i]!.discount) : 0
      if (offer.delivery === 'instant') payableFen -= fen
      return fen
    })
  }
}

export const partsOf = (refunds: readonly StoredRefund[]): RefundPart[] =>
  refunds.flatMap(({ part }) => (part === null ? [] : [part]))

/** What comes back of each offer, as offers of the answer. */
export const offersBack = (offers: readonly GrantedOffer[], part: RefundPart): GrantedOffer[] =>
  part.offers.flatMap(({ discountFen, funders }, i) =>
    discountFen === 0 ? [] : [{ ...offers[i]!, discount: discountFen, funders }],
  )

/** Charges of the grant as they were taken, so that shares of them do not depend on what came back before. */
export const chargesAtGrant = (charges: readonly StoredCharge[]): StoredCharge[] =>
  charges.filter(({ refund }) => refund === undefined).map((charge) => ({ ...charge, fen: charge.ofFen ?? charge.fen }))
