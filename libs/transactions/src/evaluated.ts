import { randomUUID } from 'node:crypto'
import type { FeeSchedule, Refusal } from '@lijian/contracts'
import { rank, refusalsAfterGrant, type PaymentFacts, type Ranking, type Screening } from '@lijian/rules'
import type { QueryAsk } from './types'

export function factsOf(ask: QueryAsk): PaymentFacts {
  const { request, client } = ask
  return {
    client,
    serial: request.serial,
    merchant: request.merchant,
    terminal: request.terminal,
    amountFen: request.amount,
    eligibleFen: request.eligibleAmount,
    currency: request.currency,
    paymentMethod: request.paymentMethod,
    cardToken: request.card?.token,
    cardDigits: request.card?.digits ?? request.card?.bin,
    issuer: request.issuer,
    cardType: request.cardType,
    cardRegion: request.cardRegion,
    scheme: request.scheme,
    pinFree: request.pinFree,
    customerToken: request.customerToken,
    atMs: request.at === undefined ? ask.receivedAtMs : Date.parse(request.at),
  }
}

/** A query evaluated in memory, once; only counters are still to be asked. */
export class Evaluated {
  private readonly rankings = new Map<string, Ranking>()
  private serial: string | undefined

  constructor(
    readonly ask: QueryAsk,
    readonly facts: PaymentFacts,
    readonly screening: Screening,
    readonly fees: FeeSchedule | undefined,
    /** How long the relay may wait for a result to travel with the hold. */
    readonly startDelayMs: number,
  ) {}

  /** Made when a hold needs it, and once: deciding again gives the same hold. */
  get marketingSerial(): string {
    return (this.serial ??= `m_${randomUUID()}`)
  }

  get holdExpiresAt(): string {
    return new Date(this.ask.receivedAtMs + this.ask.holdMs).toISOString()
  }

  /** The offers of one kind, best first, on what is left to pay; deciding again does not rank again. */
  ranking(kind: 'amount' | 'fee', payableFen: number): Ranking {
    const key = `${kind}${payableFen}`
    let ranking = this.rankings.get(key)
    if (ranking === undefined) {
      ranking = rank(
        this.screening.passed,
        kind,
        this.facts,
        { payableFen, fees: this.fees },
        this.ask.explain ?? false,
      )
      this.rankings.set(key, ranking)
    }
    return ranking
  }

  /** No offer whatever the counters say. With no amount offer the payable is the gross amount, so fee offers are ranked on that. */
  isHopeless(): boolean {
    const { amountFen } = this.facts
    return (
      this.ranking('amount', amountFen).candidates.length === 0 &&
      this.ranking('fee', amountFen).candidates.length === 0
    )
  }

  /** Why each offer was not given, when it is hopeless; empty unless explaining. */
  refusals(): Refusal[] {
    if (!this.ask.explain) return []
    const rankings = (['amount', 'fee'] as const).map((kind) => this.ranking(kind, this.facts.amountFen))
    return [...this.screening.refused, ...rankings.flatMap((ranking) => refusalsAfterGrant(ranking, undefined))]
  }
}
