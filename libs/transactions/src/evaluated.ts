import { randomUUID } from 'node:crypto'
import type { Merchant } from '@lijian/contracts'
import { Evaluation, type EvaluationInput } from '@lijian/decisions'
import type { PaymentFacts } from '@lijian/rules'
import type { QueryAsk } from './types'

/** `merchant`: its document, if there is one; MCC, region and country are the merchant's. */
export function factsOf(
  ask: Pick<QueryAsk, 'client' | 'request' | 'receivedAtMs'>,
  merchant: Merchant | undefined,
): PaymentFacts {
  const { request, client } = ask
  return {
    client,
    serial: request.serial,
    merchant: request.merchant,
    subMerchant: request.subMerchant,
    merchantMcc: merchant?.mcc,
    merchantRegion: merchant?.region,
    merchantCountry: merchant?.country,
    terminal: request.terminal,
    amountFen: request.amount,
    eligibleFen: request.eligibleAmount,
    currency: request.currency,
    paymentMethod: request.paymentMethod,
    cardToken: request.card?.token,
    cardDigits: request.card?.digits ?? request.card?.bin,
    issuer: request.issuer,
    cardType: request.cardType,
    cardProduct: request.cardProduct,
    cardRegion: request.cardRegion,
    scheme: request.scheme,
    pinFree: request.pinFree,
    customerToken: request.customerToken,
    identities: request.identities,
    facts: request.facts,
    atMs: request.at === undefined ? ask.receivedAtMs : Date.parse(request.at),
  }
}

/** A query evaluated in memory, once; only counters are still to be asked. */
export class Evaluated extends Evaluation {
  private serial: string | undefined

  constructor(
    readonly ask: QueryAsk,
    input: Omit<EvaluationInput, 'explain'>,
    /** How long the relay may wait for a result to travel with the hold. */
    readonly startDelayMs: number,
  ) {
    super({ ...input, explain: ask.explain ?? false })
  }

  /** Made when a hold needs it, and once: deciding again gives the same hold. */
  get marketingSerial(): string {
    return (this.serial ??= `m_${randomUUID()}`)
  }

  get holdExpiresAt(): string {
    return new Date(this.ask.receivedAtMs + this.ask.holdMs).toISOString()
  }
}
