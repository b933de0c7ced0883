import { CAPTURE, FULL, HOT, MERCHANT_COUNT, merchantId } from '../data/documents'
import { anyPayment, hotPayment, serialOf, type Payment } from '../data/payments'
import { Random } from '../data/random'
import { post } from './connection'

/** Serials that were answered `held`, oldest first: what results can be sent for. */
export class Held {
  private readonly serials: string[] = []
  private taken = 0

  add(serial: string): void {
    this.serials.push(serial)
  }

  take(): string | undefined {
    return this.serials[this.taken++] ?? void this.taken--
  }

  get left(): number {
    return this.serials.length - this.taken
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
  const body = JSON.stringify({ outcome })
  return () => {
    const serial = held.take()
    return serial === undefined ? undefined : { text: post(`/v1/transactions/${serial}/result`, key, body) }
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
}
export type MixName = keyof typeof mixes
