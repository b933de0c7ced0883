import type {
  PaymentAnswer,
  RouteAnswer,
  RouteBody,
  RouteResultRequest,
  RouteStateAnswer,
} from '@lijian/contracts/routing'
import type { RefundAnswer, RefundRequest, RefundResultRequest, ReverseKind } from '@lijian/contracts/marketing'
import { LijianClientError } from './error'
import { Http } from './http'
import { HttpRouting } from './http-routing'
import {
  withoutOffer,
  type LijianDoor,
  type Payment,
  type PaymentResult,
  type ReverseAnswer,
  type RoutedPayment,
  type TransactionAnswer,
} from './types'

export interface HttpDoorOptions {
  /** Such as https://lijian.example. */
  baseUrl: string
  apiKey: string
  fetch?: typeof fetch
  /** One attempt of a result, reversal or void. */
  timeoutMs?: number
  /** A whole query or route, its one repetition included; a payment's own deadlineMs plus a network's share may be less. */
  queryTimeoutMs?: number
  /** One attempt with a routing document: they are large. */
  documentTimeoutMs?: number
  retries?: number
}

interface Explain {
  explain?: boolean
}
const explained = ({ explain = false }: Explain) => (explain ? '?explain=true' : '')
const segment = encodeURIComponent

/** The fast door. */
export class HttpDoor implements LijianDoor {
  /** The routing document, and what is stopped beside it: for a key of scope `routing`. */
  readonly routing: HttpRouting
  readonly #http: Http
  readonly #timeoutMs: number
  readonly #queryTimeoutMs: number

  constructor(options: HttpDoorOptions) {
    const { baseUrl, apiKey, timeoutMs = 3000, documentTimeoutMs = 60_000, retries = 5 } = options
    this.#http = new Http({ baseUrl, apiKey, fetch: options.fetch ?? fetch, retries })
    this.#timeoutMs = timeoutMs
    this.#queryTimeoutMs = options.queryTimeoutMs ?? 500
    this.routing = new HttpRouting(this.#http, { timeoutMs, documentTimeoutMs })
  }

  query(payment: Payment): Promise<TransactionAnswer> {
    return this.#soon('/v1/transactions', payment, (reason) => withoutOffer(payment, reason))
  }

  result(serial: string, result: PaymentResult): Promise<TransactionAnswer> {
    return this.#repeat(`/v1/transactions/${segment(serial)}/result`, result)
  }

  reversal(serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#reverse('reversal', serial, reverseSerial)
  }

  void(serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#reverse('void', serial, reverseSerial)
  }

  /** The payer's part, before the upstream refund; the same serial again is told the same. `waiting`: the payment's result is not known yet. */
  refund(serial: string, refund: RefundRequest): Promise<RefundAnswer> {
    return this.#repeat(`/v1/transactions/${segment(serial)}/refunds`, refund)
  }

  /** How the upstream refund ended. */
  refundResult(serial: string, refundSerial: string, result: RefundResultRequest): Promise<RefundAnswer> {
    return this.#repeat(`/v1/transactions/${segment(serial)}/refunds/${segment(refundSerial)}/result`, result)
  }

  /** The transaction as it stands; undefined: none of this client has that serial. */
  get(serial: string): Promise<TransactionAnswer | undefined> {
    return this.#read(`/v1/transactions/${segment(serial)}`)
  }

  /**
   * Which MID carries the payment? The same body again is the same answer; with a longer `exclude` it is the next attempt. Never keeps a payment waiting:
   * slow or away is `route: null` (reason `deadline` or `unavailable`); what was reserved all the same ends by itself. `explain`: a reason for every MID
   * that was passed over, not only for pools.
   */
  route(payment: RouteBody, options: Explain = {}): Promise<RouteAnswer> {
    const { serial, amount } = payment
    return this.#soon(`/v1/routes${explained(options)}`, payment, (reason) => ({
      serial,
      amount,
      route: null,
      reasons: [{ reason }],
    }))
  }

  /** Offer and route of one payment, decided together: as `query` and `route`, and without a route nothing is held. */
  pay(payment: RoutedPayment, options: Explain = {}): Promise<PaymentAnswer> {
    const { serial, amount } = payment
    return this.#soon(`/v1/payments${explained(options)}`, payment, (reason) => {
      return { serial, amount, offer: withoutOffer(payment, reason), route: null, reasons: [{ reason }] }
    })
  }

  /** How the attempt with `mid` ended; a failure `timeout` stays reserved until it is told again. Repeats itself like `result`. */
  routeResult(serial: string, result: RouteResultRequest): Promise<RouteStateAnswer> {
    return this.#repeat(`/v1/routes/${segment(serial)}/result`, result)
  }

  /** The route as it stands, with `explain` why; undefined: none of this client has that serial. */
  routeState(serial: string, options: Explain = {}): Promise<RouteStateAnswer | undefined> {
    return this.#read(`/v1/routes/${segment(serial)}${explained(options)}`)
  }

  #reverse(kind: ReverseKind, serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#repeat(`/v1/transactions/${segment(serial)}/${kind}`, { serial: reverseSerial })
  }

  #repeat<T>(path: string, body: unknown): Promise<T> {
    return this.#http.repeat({ method: 'POST', path, body, timeoutMs: this.#timeoutMs })
  }

  #soon<T>(path: string, body: unknown, otherwise: (reason: 'deadline' | 'unavailable') => T): Promise<T> {
    return this.#http.soon({ method: 'POST', path, body, timeoutMs: this.#queryTimeoutMs }, otherwise)
  }

  async #read<T>(path: string): Promise<T | undefined> {
    try {
      return await this.#http.repeat<T>({ method: 'GET', path, timeoutMs: this.#timeoutMs })
    } catch (error) {
      if (error instanceof LijianClientError && error.code === 'not_found') return undefined
      throw error
    }
  }
}
