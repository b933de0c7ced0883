import {
  deadlineMsOf,
  decideInTime,
  isSkewed,
  nothing,
  skewed,
  type Admission,
  type BatchView,
  type PaymentTimes,
  type Prepared,
  type Weighed,
  type Why,
} from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { PaymentAnswer, PaymentBody, RouteAnswer } from '@lijian/contracts/routing'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import { orderedNoOffer, type PreparedOffer, type QueryAsk } from '@lijian/transactions'
import type { PreparedRoute } from './prepared-route'
import type { Routes } from './routes'
import type { RouteAsk } from './types'

export interface PaymentAsk {
  /** Its body hash is of the whole payment, but for `exclude` and `deadlineMs`. */
  query: QueryAsk
  route: Pick<PaymentBody, 'type' | 'region' | 'industry' | 'exclude'>
}

export interface PaymentsOptions {
  /** Of both: one batch decides both. */
  admission: Admission
  offers: { prepare(ask: QueryAsk): PreparedOffer }
  routes: Routes
  times: PaymentTimes
}

/** An offer and the route that carries what is payable, decided together: one round trip, and without a route nothing is held. */
export class Payments {
  constructor(private readonly options: PaymentsOptions) {}

  /**
   * Never throws for slowness. Throws LijianError serial_reused, result_conflict, merchant_not_allowed; invalid_request and unavailable as `Routes.route` does.
   */
  async pay(ask: PaymentAsk): Promise<PaymentAnswer> {
    return isSkewed(this.options.times, ask.query) ? this.retried(ask) : this.decided(ask)
  }

  private async retried(ask: PaymentAsk): Promise<PaymentAnswer> {
    const { routes, times } = this.options
    if (!(await routes.isKnown(ask.query))) throw skewed(times)
    return this.decided(ask)
  }

  private decided(ask: PaymentAsk): Promise<PaymentAnswer> {
    const { admission, routes, times } = this.options
    const { query } = ask
    const { serial, amount } = query.request
    const { offer, route } = this.prepare(ask)
    if (route === undefined)
      return Promise.resolve({ serial, amount, offer: offer.none(), route: null, reasons: [{ reason: 'no_route' }] })
    return decideInTime(admission, [offer, route], {
      leftMs: query.receivedAtMs + deadlineMsOf(times, query) - routes.now(),
      amountFen: amount,
      join: joined,
    })
  }

  /** The parts of a payment, in the order in which they are decided; without a routing document there is no route. */
  prepare(ask: PaymentAsk): { offer: Prepared<TransactionAnswer>; route: PreparedRoute | undefined } {
    const offer = this.options.offers.prepare(ask.query)
    const route = this.options.routes.prepare(routeAskOf(ask))
    return { offer: route === undefined ? offer : new RoutedOffer(offer, route), route }
  }
}

const joined = ([offer, { serial, amount, ...route }]: readonly [TransactionAnswer, RouteAnswer]): PaymentAnswer => ({
  serial,
  amount,
  offer,
  ...route,
})

/** An offer that is told with a route. What was answered with the first attempt is the answer, whatever room there is for offers later. */
class RoutedOffer implements Prepared<TransactionAnswer> {
  constructor(
    private readonly offer: PreparedOffer,
    private readonly route: PreparedRoute,
  ) {}

  get rows() {
    return this.offer.rows
  }

  weigh(view: BatchView): Weighed<TransactionAnswer> {
    const { offer, route } = this
    const { row, isStarted, earlier } = route.find(view)
    const instead = earlier?.instead
    if (instead?.noOffer !== undefined) {
      const answer = orderedNoOffer(instead.noOffer as TransactionAnswer)
      return { answer: () => answer, payableFen: instead.amountFen, put: nothing, giveBack: nothing }
    }
    const stored = isStarted ? (row!.record.noOffer as TransactionAnswer | undefined) : undefined
    const kept = stored && orderedNoOffer(stored)
    route.noOffer.decided = kept
    if (kept !== undefined) return { answer: () => kept, payableFen: row!.amountFen, put: nothing, giveBack: nothing }
    if (isStarted && earlier === undefined) mustStillBeHeld(view, row!.client, row!.serial)
    const weighed = offer.weigh(view)
    const put = () => {
      weighed.put()
      const answer = weighed.answer()
      if (answer.state === 'no_offer') route.noOffer.decided = answer
    }
    return { ...weighed, put }
  }

  none(): TransactionAnswer {
    return this.offer.none()
  }

  without(why: Why): TransactionAnswer {
    const answer = this.offer.without(why)
    this.route.noOffer.instead = answer
    return answer
  }

  wasTold(answer: TransactionAnswer): void {
    this.offer.wasTold(answer)
  }

  isUndone(answer: TransactionAnswer): boolean {
    return this.offer.isUndone(answer)
  }

  undo(view: BatchView, why: Why): void {
    this.offer.undo(view, why)
  }
}

/** A next attempt sends the net amount upstream again: not when the offer that makes it net has ended meanwhile. Throws LijianError result_conflict. */
function mustStillBeHeld(view: BatchView, client: string, serial: string): void {
  const state = view.transaction(client, serial)?.state
  if (state !== undefined && state !== 'held')
    throw new LijianError(
      'result_conflict',
      `The offer of ${serial} is ${state}: there is no next attempt of it; a new payment has a new serial`,
      { state },
    )
}

function routeAskOf({ query, route }: PaymentAsk): RouteAsk {
  const { client, request, bodyHash, explain, receivedAtMs, deadlineMs } = query
  const { serial, merchant, amount, at, issuer, cardType, scheme, card, paymentMethod, holdSeconds } = request
  return {
    client,
    bodyHash,
    explain,
    receivedAtMs,
    deadlineMs,
    request: {
      serial,
      merchant,
      amount,
      at,
      issuer,
      cardType,
      scheme,
      cardToken: card?.token,
      earlier: card?.earlier,
      method: paymentMethod,
      type: route.type,
      region: route.region,
      industry: route.industry,
      exclude: route.exclude,
      holdSeconds,
    },
  }
}
