import {
  ERRORS,
  type ErrorCode,
  type FieldError,
  type RefundAnswer,
  type RefundRequest,
  type RefundResultRequest,
  type ReverseKind,
} from '@lijian/contracts'
import { LijianClientError } from './error'
import { repeat } from './retry'
import {
  withoutOffer,
  type LijianDoor,
  type Payment,
  type PaymentResult,
  type ReverseAnswer,
  type TransactionAnswer,
} from './types'

export interface HttpDoorOptions {
  /** Such as https://lijian.example. */
  baseUrl: string
  apiKey: string
  fetch?: typeof fetch
  /** One attempt of a result, reversal or void. */
  timeoutMs?: number
  /** A whole query, its one repetition included; a payment's own deadlineMs plus a network's share may be less. */
  queryTimeoutMs?: number
  retries?: number
}

interface Problem {
  code?: string
  detail?: string
  title?: string
  errors?: FieldError[]
  state?: string
}

interface Call {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
  timeoutMs: number
}

/** The fast door. */
export class HttpDoor implements LijianDoor {
  readonly #baseUrl: string
  readonly #apiKey: string
  readonly #fetch: typeof fetch
  readonly #timeoutMs: number
  readonly #queryTimeoutMs: number
  readonly #retries: number

  constructor(options: HttpDoorOptions) {
    this.#baseUrl = options.baseUrl.replace(/\/+$/, '')
    this.#apiKey = options.apiKey
    this.#fetch = options.fetch ?? fetch
    this.#timeoutMs = options.timeoutMs ?? 3000
    this.#queryTimeoutMs = options.queryTimeoutMs ?? 500
    this.#retries = options.retries ?? 5
  }

  async query(payment: Payment): Promise<TransactionAnswer> {
    const endsAt = Date.now() + this.#queryTimeoutMs
    const ask = () => {
      const call = { method: 'POST', path: '/v1/transactions', body: payment } as const
      return this.#call<TransactionAnswer>({ ...call, timeoutMs: Math.max(1, endsAt - Date.now()) })
    }
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof LijianClientError) || !error.info.retryable) throw error
      if (error.code === 'timeout') return withoutOffer(payment, 'deadline')
      // Only a broken connection is worth one more try at once: a busy service must not be asked twice.
      if (error.code !== 'network') return withoutOffer(payment, 'unavailable')
    }
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof LijianClientError) || !error.info.retryable) throw error
      return withoutOffer(payment, error.code === 'timeout' ? 'deadline' : 'unavailable')
    }
  }

  result(serial: string, result: PaymentResult): Promise<TransactionAnswer> {
    return this.#repeat(`/v1/transactions/${encodeURIComponent(serial)}/result`, result)
  }

  reversal(serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#reverse('reversal', serial, reverseSerial)
  }

  void(serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#reverse('void', serial, reverseSerial)
  }

  /** The payer's part, before the upstream refund; the same serial again is told the same. `waiting`: the payment's result is not known yet. */
  refund(serial: string, refund: RefundRequest): Promise<RefundAnswer> {
    return this.#repeat(`/v1/transactions/${encodeURIComponent(serial)}/refunds`, refund)
  }

  /** How the upstream refund ended. */
  refundResult(serial: string, refundSerial: string, result: RefundResultRequest): Promise<RefundAnswer> {
    const path = `/v1/transactions/${encodeURIComponent(serial)}/refunds/${encodeURIComponent(refundSerial)}/result`
    return this.#repeat(path, result)
  }

  /** The transaction as it stands; undefined: none of this client has that serial. */
  async get(serial: string): Promise<TransactionAnswer | undefined> {
    const path = `/v1/transactions/${encodeURIComponent(serial)}`
    const call = { method: 'GET', path, timeoutMs: this.#timeoutMs } as const
    try {
      return await repeat(() => this.#call<TransactionAnswer>(call), { retries: this.#retries })
    } catch (error) {
      if (error instanceof LijianClientError && error.code === 'not_found') return undefined
      throw error
    }
  }

  #reverse(kind: ReverseKind, serial: string, reverseSerial: string): Promise<ReverseAnswer> {
    return this.#repeat(`/v1/transactions/${encodeURIComponent(serial)}/${kind}`, { serial: reverseSerial })
  }

  #repeat<T>(path: string, body: unknown): Promise<T> {
    const call = { method: 'POST', path, body, timeoutMs: this.#timeoutMs } as const
    return repeat(() => this.#call<T>(call), { retries: this.#retries })
  }

  async #call<T>({ method, path, body, timeoutMs }: Call): Promise<T> {
    let response: Response
    let text: string
    try {
      response = await this.#fetch(`${this.#baseUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.#apiKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      })
      text = await response.text()
    } catch (cause) {
      if (isTimeout(cause))
        throw new LijianClientError('timeout', `no answer within ${timeoutMs} ms`, { retryable: true }, { cause })
      throw new LijianClientError('network', 'the service was not reached', { retryable: true }, { cause })
    }
    if (!response.ok) throw problemOf(response, text)
    try {
      return JSON.parse(text) as T
    } catch (cause) {
      throw new LijianClientError('protocol', 'the answer is not JSON', { retryable: false }, { cause })
    }
  }
}

/** By name: what AbortSignal throws is not an Error of this realm everywhere. */
const isTimeout = (cause: unknown) =>
  typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'TimeoutError'

function problemOf(response: Response, text: string): LijianClientError {
  const { status } = response
  const retryAfterSeconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isFinite(retryAfterSeconds) ? retryAfterSeconds * 1000 : undefined
  let problem: Problem = {}
  try {
    problem = JSON.parse(text) as Problem
  } catch {
    // A proxy in between answers in words of its own.
  }
  const known = problem.code !== undefined && problem.code in ERRORS ? (problem.code as ErrorCode) : undefined
  const retryable = known ? ERRORS[known].retryable : status === 429 || status >= 500
  return new LijianClientError(known ?? 'protocol', problem.detail ?? problem.title ?? `HTTP ${status}`, {
    status,
    retryable,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(problem.errors ? { errors: problem.errors } : {}),
    ...(problem.state ? { state: problem.state } : {}),
  })
}
