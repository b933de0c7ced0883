import type { Merchant, PaymentLine } from '@lijian/contracts/marketing'
import type { BinTable } from '@lijian/privacy'
import type { PaymentFacts } from '@lijian/rules'
import { instantMs } from './instant'

const DIGITS_KNOWN = 12

/**
 * A payment line as the rules see it. A file has no token key: a card, customer or identity is known by what the file says of it, which never
 * leaves this process. What the line says of the card wins over the BIN table.
 */
export function factsOf(
  line: PaymentLine,
  client: string,
  merchant: Merchant | undefined,
  bins: BinTable | undefined,
): PaymentFacts {
  const { card } = line
  const pan = card !== undefined && 'pan' in card ? card.pan : undefined
  const token = card !== undefined && 'token' in card ? card.token : pan
  const digits = pan === undefined ? (card as { bin?: string } | undefined)?.bin : pan.slice(0, DIGITS_KNOWN)
  const known = digits === undefined || bins === undefined ? undefined : bins.facts(digits, pan?.length)
  return {
    client,
    serial: line.serial,
    merchant: line.merchant,
    subMerchant: line.subMerchant,
    merchantMcc: merchant?.mcc,
    merchantRegion: merchant?.region,
    merchantCountry: merchant?.country,
    terminal: line.terminal,
    amountFen: line.amount,
    eligibleFen: line.eligibleAmount,
    currency: line.currency,
    paymentMethod: line.paymentMethod,
    cardToken: token,
    cardDigits: digits,
    issuer: line.issuer ?? known?.issuer,
    cardType: line.cardType ?? known?.cardType,
    cardProduct: line.cardProduct,
    cardRegion: line.cardRegion,
    scheme: line.scheme ?? known?.scheme,
    pinFree: line.pinFree,
    customerToken: line.customer,
    identities: line.identities,
    facts: line.facts,
    atMs: instantMs(line.at),
  }
}
