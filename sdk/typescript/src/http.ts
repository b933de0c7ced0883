import { ERRORS, type ErrorCode, type FieldError } from '@lijian/contracts/system'
import { LijianClientError } from './error'
import { repeat } from './retry'

interface Problem {
  code?: string
  detail?: string
  title?: string
  errors?: FieldError[]
  state?: string
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT'
  path: string
  body?: unknown
  timeoutMs: number
}

export interface HttpOptions {
  baseUrl: string
  apiKey: string
  fetch: typeof fetch
  retries: number
}

/** One service over HTTP: its answers, or a LijianClientError. */
export class Http {
  readonly #options: HttpOptions

  constructor(options: HttpOptions) {
    this.#options = { ...options, baseUrl: options.baseUrl.replace(/\/+$/, '') }
  }

  /** For what may be asked twice: until it is answered, or the retries are used up. */
  repeat<T>(call: Call): Promise<T> {
    return repeat(() => this.call<T>(call), { retries: this.#options.retries })
  }

  /** A payment that waits: all of it within `timeoutMs`, and once more for a broken connection only, since a busy service must not be asked twice. */
  async soon<T>(call: Call, otherwise: (reason: 'deadline' | 'unavailable') => T): Promise<T> {
    const endsAt = Date.now() + call.timeoutMs
    for (const isLast of [false, true])
      try {
        return await this.call<T>({ ...call, timeoutMs: Math.max(1, endsAt - Date.now()) })
      } catch (error) {
        if (!(error instanceof LijianClientError) || !error.info.retryable) throw error
        if (error.code !== 'network' || isLast) return otherwise(error.code === 'timeout' ? 'deadline' : 'unavailable')
      }
    return otherwise('unavailable')
  }

  async call<T>({ method, path, body, timeoutMs }: Call): Promise<T> {
    const { baseUrl, apiKey, fetch } = this.#options
    let response: Response
    let text: string
    try {
      response = await fetch(`${baseUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${apiKey}`,
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
