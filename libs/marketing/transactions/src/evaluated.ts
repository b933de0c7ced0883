import { randomUUID } from 'node:crypto'
import type { DatabaseClock } from '@lijian/admission'
import { copyFacts, type Merchant, type PaymentFacts, type StoredFacts } from '@lijian/contracts/marketing'
import { Evaluation, type EvaluationInput } from '@lijian/decisions'
import type { SeenCounters } from '@lijian/limits'
import type { DecisionBasis } from '@lijian/database'
import { memberships, namesPlaces, type Catalog, type CompiledOffer } from '@lijian/rules'
import type { QueryAsk } from './types'

/** What is in memory of a merchant's document. */
export type KnownMerchant = Omit<Merchant, 'id' | 'name'>

/** `merchant`: its document, if there is one; MCC, region and country are the merchant's. */
export function factsOf(
  ask: Pick<QueryAsk, 'client' | 'request' | 'receivedAtMs'>,
  merchant: KnownMerchant | undefined,
): PaymentFacts {
  const { request, client } = ask
  return copyFacts(request, {
    client,
    serial: request.serial,
    merchant: request.merchant,
    merchantMcc: merchant?.mcc,
    merchantRegion: merchant?.region,
    merchantCountry: merchant?.country,
    merchantLeft: merchant?.status === 'left' ? true : undefined,
    amountFen: request.amount,
    eligibleFen: request.eligibleAmount,
    cardToken: request.card?.token,
    cardDigits: request.card?.digits ?? request.card?.bin,
    customerToken: request.customerToken,
    atMs: request.at === undefined ? ask.receivedAtMs : Date.parse(request.at),
  })
}

/** Where the documents of an evaluation came from. */
export interface Origin {
  catalog: Catalog
  snapshotId: string
}

const refOf = ({ campaign, code }: CompiledOffer): string => `${campaign.code}/${code}`

/** A query evaluated in memory, once; only counters are still to be asked. */
export class Evaluated extends Evaluation {
  /** What the last decision on it found; kept so that it can be run again. */
  found: { counters?: SeenCounters; suspended?: readonly string[] } = {}
  /** An earlier transaction under this serial answered it: there is nothing new to keep. */
  answeredBy: 'row' | 'reversed_before' | 'open_holds' | undefined
  private serial: string | undefined
  private stored: StoredFacts | undefined

  constructor(
    readonly ask: QueryAsk,
    input: Omit<EvaluationInput, 'explain'>,
    private readonly origin: Origin,
    private readonly terms: { startDelayMs: number; holdMs: number; clock: Pick<DatabaseClock, 'nowMs'> },
    private readonly merchant?: KnownMerchant,
  ) {
    super({ ...input, explain: ask.explain ?? false })
  }

  /** Made when a hold needs it, and once: deciding again gives the same hold. */
  get marketingSerial(): string {
    return (this.serial ??= `m_${randomUUID()}`)
  }

  /** Of the merchant's document, as it is now: it clears and returns fees by that for the whole life of the transaction. */
  get clearing(): { clearingSystem?: string; feeOnRefund?: 'return' | 'keep' } {
    const { clearingSystem, feeOnRefund } = this.merchant ?? {}
    return {
      ...(clearingSystem === undefined ? {} : { clearingSystem }),
      ...(feeOnRefund === undefined ? {} : { feeOnRefund }),
    }
  }

  /** How long the relay may wait for a result to travel with the hold. */
  get startDelayMs(): number {
    return this.terms.startDelayMs
  }

  /** By PostgreSQL's clock. */
  get nowMs(): number {
    return this.terms.clock.nowMs()
  }

  get holdExpiresAt(): string {
    return new Date(this.nowMs + this.terms.holdMs).toISOString()
  }

  /** Live offers that name the merchant: those that an explanation goes through, whatever became of them. */
  get bound(): readonly CompiledOffer[] {
    return this.origin.catalog.live.bound(this.facts)
  }

  /** What this decision rests on beside facts and fees. */
  basis(): DecisionBasis {
    const { passed } = this.screening
    const others = passed.filter((offer) => !namesPlaces(offer))
    const { counters, suspended } = this.found
    const { drawPlaces: places } = this.facts
    return {
      snapshot: this.origin.snapshotId,
      ...(counters === undefined ? {} : { counters }),
      ...(suspended === undefined ? {} : { suspended }),
      ...(others.length === 0 ? {} : { others: others.map(refOf) }),
      ...(places === undefined ? {} : { draws: { formula: 2 as const, places } }),
    }
  }

  /** With the groups of the moment in which this is first asked: groups change in place, so ask before waiting for anything. */
  storedFacts(): StoredFacts {
    return (this.stored ??= this.makeFacts())
  }

  private makeFacts(): StoredFacts {
    const { facts, bound } = this
    const { passed } = this.screening
    const { card } = this.ask.request
    return copyFacts(facts, {
      merchantMcc: facts.merchantMcc,
      merchantRegion: facts.merchantRegion,
      merchantCountry: facts.merchantCountry,
      merchantLeft: facts.merchantLeft,
      eligibleFen: facts.eligibleFen,
      cardToken: card?.token,
      bin: card?.bin,
      last4: card?.last4,
      customerToken: facts.customerToken,
      memberOf: memberships(bound.length === 0 ? passed : [...bound, ...passed], facts),
      at: new Date(facts.atMs).toISOString(),
    })
  }
}
