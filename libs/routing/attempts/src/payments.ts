import { answerInTime, type Admission, type BatchView, type Finish } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { PaymentAnswer, PaymentBody, RouteAnswer } from '@lijian/contracts/routing'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import type { PreparedOffer, QueryAsk } from '@lijian/transactions'
import { earlierRoute, newRoute, usageOfAsked, type AskedRoute, type RoutingWorld } from './decide-route'
import type { Routes, Why, Without } from './routes'
import { firstAnswer } from './route-row'

export interface PaymentAsk {
  /** Its body hash is of the whole payment, but for `exclude` and `deadlineMs`. */
  query: QueryAsk
  route: Pick<PaymentBody, 'type' | 'region' | 'industry' | 'exclude'>
}

export interface PaymentsOptions {
  /** Of both doors: one batch decides both. */
  admission: Admission
  offers: { prepare(ask: QueryAsk): PreparedOffer }
  routes: Routes
}

/** An offer and the route that carries what is payable, decided together: one round trip, and without a route nothing is held. */
export class Payments {
  constructor(private readonly options: PaymentsOptions) {}

  /** Never throws for slowness. Throws LijianError serial_reused, result_conflict. */
  pay(ask: PaymentAsk): Promise<PaymentAnswer> {
    const { admission, offers, routes } = this.options
    const { query } = ask
    const offer = offers.prepare(query)
    const asked = routes.asked(routeAskOf(ask))
    const world = routes.world()
    const { serial, amount } = query.request
    if (world === undefined)
      return Promise.resolve({ serial, amount, offer: offer.none(), route: null, reasons: [{ reason: 'no_route' }] })
    const key = { client: query.client, serial }
    let instead: Without | undefined
    const undo = (why: Why) =>
      routes.startUndo(
        asked,
        () =>
          admission.run({
            transactions: [key],
            routes: [key],
            decide: (view) => {
              offer.undo(view)
              routes.undoIn(view, asked, instead?.told ?? { amountFen: amount })
              return () => undefined
            },
          }),
        why,
      )
    return answerInTime({
      leftMs: query.receivedAtMs + query.deadlineMs - routes.now(),
      admit: (abandoned) =>
        admission.run({
          ...(asked.exclude.length === 0 ? {} : { transactions: [key], routes: [key] }),
          decide: (view) => decidePayment(view, offer, asked, world),
          abandoned,
        }),
      without: (why) => {
        instead = routes.without(asked, world, amount, why)
        if (instead.told.given !== undefined) undo(why)
        return joined(instead.answer, offer.without(why))
      },
      isAway: () => admission.isAway,
      onTold: (answer) => {
        offer.wasTold(answer.offer)
        routes.wasTold(asked, answer.route?.mid)
      },
      onLate: () => undo('deadline'),
      onLost: () => undo('unavailable'),
    })
  }
}

const joined = ({ serial, amount, ...route }: RouteAnswer, offer: TransactionAnswer): PaymentAnswer => ({
  serial,
  amount,
  offer,
  ...route,
})

function decidePayment(
  view: BatchView,
  prepared: PreparedOffer,
  asked: AskedRoute,
  world: RoutingWorld,
): Finish<PaymentAnswer> {
  const { client, request } = asked.ask
  const earlier = earlierRoute(view, asked)
  const usage = usageOfAsked(view, asked, world)
  const row = view.route(client, request.serial)
  const started = row !== null && row.attempts.length > 0
  // What was answered with the first attempt is the answer, whatever room there is for offers now.
  const noOffer = started ? (row.record.noOffer as TransactionAnswer | undefined) : undefined
  if (started && earlier === undefined && noOffer === undefined) mustStillBeHeld(view, client, request.serial)
  const offer = noOffer === undefined ? prepared.weigh(view) : undefined
  const told = () => noOffer ?? offer!.answer()
  if (earlier !== undefined) return (_, usages) => joined({ ...firstAnswer(row!, earlier), ...usage(usages) }, told())
  const route = newRoute(view, asked, world, started ? row.amountFen : (offer?.payableFen ?? request.amount))
  if (route.answer.route === null && !started) {
    offer?.giveBack()
    route.put()
    return (_, usages) => joined({ ...route.answer, amount: request.amount, ...usage(usages) }, prepared.none())
  }
  offer?.put()
  const nothingHeld = offer !== undefined && told().state === 'no_offer' ? told() : noOffer
  route.put(nothingHeld)
  return (_, usages) => joined({ ...route.answer, ...usage(usages) }, told())
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

function routeAskOf({ query, route }: PaymentAsk) {
  const { client, request, bodyHash, explain, receivedAtMs, deadlineMs, holdMs } = query
  const { serial, merchant, amount, at, issuer, cardType, scheme, card, paymentMethod } = request
  return {
    client,
    bodyHash,
    explain,
    receivedAtMs,
    deadlineMs,
    holdMs,
    request: {
      serial,
      merchant,
      amount,
      at,
      issuer,
      cardType,
      scheme,
      cardToken: card?.token,
      method: paymentMethod,
      type: route.type,
      region: route.region,
      industry: route.industry,
      exclude: route.exclude,
    },
  }
}
