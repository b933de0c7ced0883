import { CAPTURE, FULL, HOT, MERCHANT_COUNT, merchantId } from '../data/documents'
import { anyPayment, hotPayment, serialOf, type Payment } from '../data/payments'
import { Random } from '../data/random'
import { METHOD, TYPE } from '../routing/document'
import { EVEN, MIXED } from '../routing/scarce'
import { post } from './connection'

export interface HeldPayment {
  serial: string
  /** Of a route. */
  mid?: string
  /** Of an offer. */
  payableFen?: number
}

/** Payments that hold something, oldest first: what results can be sent for. */
export class Held {
  private readonly payments: HeldPayment[] = []
  private taken = 0

  add(payment: HeldPayment): void {
    this.payments.push(payment)
  }

  take(): HeldPayment | undefined {
    return this.payments[this.taken++] ?? void this.taken--
  }

  get left(): number {
    return this.payments.length - this.taken
  }
}

export interface Request {
  text: string
  /** Set on a query: it goes to `Held` when the answer says so. */
  serial?: string
}

/** Gives the next request; undefined: there is none now. */
export type Mix = () => Request | undefined

export interface MixOptions {
  run: string
  key: string
  held: Held
}

/** Latency is to be seen whole, not cut off at the default of 50 ms. */
const DEADLINE_MS = 10_000

function query(payment: Payment, serial: string, key: string): Request {
  const body = JSON.stringify({ serial, ...payment, currency: 'CNY', deadlineMs: DEADLINE_MS })
  return { text: post('/v1/transactions', key, body), serial }
}

/** Three kinds in equal parts: a merchant without offers of its own, a condition that fails, an amount below the lowest tier. */
function noOffer({ run, key }: MixOptions): Mix {
  const random = new Random(11)
  let n = 0
  return () => {
    const payment = anyPayment(random, n)
    payment.card.bin = '622700'
    if (n % 3 === 0) payment.merchant = merchantId(random.int(MERCHANT_COUNT - 10_000, MERCHANT_COUNT - 1))
    else if (n % 3 === 1) payment.paymentMethod = 'wechat'
    else Object.assign(payment, hotPayment(random, run, n), { amount: random.int(1_000, 9_999) })
    return query(payment, serialOf(run, n++), key)
  }
}

function hot({ run, key }: MixOptions, at: typeof HOT | typeof FULL): Mix {
  const random = new Random(12)
  let n = 0
  return () => query(hotPayment(random, run, n, at), serialOf(run, n++), key)
}

/** Offers of the capture bench, round robin over so many merchants, each with a funder of its own. */
function capture({ run, key }: MixOptions, merchants: number): Mix {
  const random = new Random(13)
  let n = 0
  return () => {
    const at = [CAPTURE.from + (n % merchants), CAPTURE.from + (n % merchants)] as const
    return query(hotPayment(random, run, n, { merchants: at }), serialOf(run, n++), key)
  }
}

function results({ key, held }: MixOptions, outcome: 'success' | 'failure'): Mix {
  return () => {
    const payment = held.take()
    const body = JSON.stringify({ outcome, paid: payment?.payableFen })
    return payment && { text: post(`/v1/transactions/${payment.serial}/result`, key, body) }
  }
}

/** Routes of payments such as the hot offer takes, at the same merchants: a card never seen before, six counters. */
function route({ run, key }: MixOptions): Mix {
  const random = new Random(14)
  let n = 0
  return () => {
    const { merchant, amount, card, cardType, scheme } = hotPayment(random, run, n)
    const serial = serialOf(run, n++)
    const facts = { merchant, amount, cardToken: card.token, cardType, scheme, method: METHOD, type: TYPE }
    return { text: post('/v1/routes', key, JSON.stringify({ serial, ...facts, deadlineMs: DEADLINE_MS })), serial }
  }
}

/** Routes of a merchant whose MIDs are nearly full; `sizeFen` gives the amounts. */
function spend({ run, key }: MixOptions, merchant: string, sizeFen: (random: Random) => number): Mix {
  const random = new Random(15)
  let n = 0
  return () => {
    const serial = serialOf(run, n++)
    const body = { serial, merchant, amount: sizeFen(random), method: METHOD, type: TYPE, deadlineMs: DEADLINE_MS }
    return { text: post('/v1/routes', key, JSON.stringify(body)), serial }
  }
}

function routeResults({ key, held }: MixOptions): Mix {
  return () => {
    const payment = held.take()
    const body = JSON.stringify({ mid: payment?.mid, outcome: 'success' })
    return payment && { text: post(`/v1/routes/${payment.serial}/result`, key, body) }
  }
}

export const mixes = {
  noOffer,
  hot: (options: MixOptions) => hot(options, HOT),
  full: (options: MixOptions) => hot(options, FULL),
  captureOne: (options: MixOptions) => capture(options, 1),
  captureMany: (options: MixOptions) => capture(options, CAPTURE.count),
  success: (options: MixOptions) => results(options, 'success'),
  failure: (options: MixOptions) => results(options, 'failure'),
  route,
  routeSuccess: routeResults,
  spendEven: (options: MixOptions) => spend(options, EVEN.merchant, () => EVEN.sizeFen),
  spendMixed: (options: MixOptions) => spend(options, MIXED.merchant, (random) => random.int(1, MIXED.mostFen)),
}
export type MixName = keyof typeof mixes
