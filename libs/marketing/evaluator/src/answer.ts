import type { GrantedOffer, Merchant, OutputLine, Refusal } from '@lijian/contracts/marketing'
import { feeFen, type PaymentFacts } from '@lijian/rules'
import type { Recalled } from './recall'

/** The answer to a payment that got nothing. */
export const noOffer = (facts: PaymentFacts, merchant: Merchant | undefined, reasons: readonly Refusal[]): OutputLine =>
  answerTo(facts, merchant, 'no_offer', [], reasons)

/** What was answered when the payment came, whatever has happened since. */
export const answerOf = ({ facts, merchant, grants, decided, failed }: Recalled): OutputLine =>
  answerTo(facts, merchant, failed ? 'cancelled' : 'confirmed', grants, decided.reasons)

export function answerTo(
  facts: PaymentFacts,
  merchant: Merchant | undefined,
  state: 'no_offer' | 'confirmed' | 'cancelled',
  offers: GrantedOffer[],
  reasons: readonly Refusal[],
): OutputLine {
  let [discountFen, rebateFen, savedFen] = [0, 0, 0]
  for (const { kind, delivery, discount } of offers)
    if (kind === 'fee') savedFen += discount
    else if (delivery === 'rebate') rebateFen += discount
    else discountFen += discount
  const payable = facts.amountFen - discountFen
  const original = feeFen(merchant?.fees, facts.paymentMethod, facts.cardType, facts.amountFen)
  const expected =
    payable === facts.amountFen ? original : feeFen(merchant?.fees, facts.paymentMethod, facts.cardType, payable)
  const fee = { original, final: expected - savedFen, saved: savedFen }
  const { serial, amountFen: amount } = facts
  return rebateFen === 0
    ? { serial, state, amount, discount: discountFen, payable, offers, fee, reasons: reasons as Refusal[] }
    : {
        serial,
        state,
        amount,
        discount: discountFen,
        payable,
        rebate: rebateFen,
        offers,
        fee,
        reasons: reasons as Refusal[],
      }
}
