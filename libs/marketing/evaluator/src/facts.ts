import { copyFacts, type Merchant, type PaymentFacts, type PaymentLine } from '@lijian/contracts/marketing'
import type { BinTable } from '@lijian/privacy'
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
  const facts = copyFacts(line, {
    client,
    serial: line.serial,
    merchant: line.merchant,
    merchantMcc: merchant?.mcc,
    merchantRegion: merchant?.region,
    merchantCountry: merchant?.country,
    merchantLeft: merchant?.status === 'left' ? true : undefined,
    amountFen: line.amount,
    eligibleFen: line.eligibleAmount,
    cardToken: token,
    cardDigits: digits,
    customerToken: line.customer,
    atMs: instantMs(line.at),
  })
  if (known !== undefined) {
    facts.issuer ??= known.issuer
    facts.cardType ??= known.cardType
    facts.scheme ??= known.scheme
  }
  return facts
}
