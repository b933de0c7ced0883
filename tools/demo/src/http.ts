import type { Problem } from '@lijian/contracts/system'

/** A refusal of the API, in its own words. */
export class Refused extends Error {
  constructor(
    readonly problem: Problem,
    what: string,
  ) {
    const errors = (problem.errors ?? []).map(({ path, message }) => `\n  ${path}: ${message}`)
    super(`${what}: ${problem.status} ${problem.code}: ${problem.detail}${errors.join('')}`)
    this.name = 'Refused'
  }
}

export type Http = <Answer>(method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) => Promise<Answer>

/** The API with one key. What may be sent again is sent again, a few times. */
export function http(base: string, key: string): Http {
  return async (method, path, body) => {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const payload = body === undefined ? undefined : JSON.stringify(body)
    for (let attempt = 1; ; attempt++) {
      const init: RequestInit = { method, headers, body: payload, signal: AbortSignal.timeout(10_000) }
      const response = await fetch(base + path, init)
      const answer: unknown = await response.json()
      if (response.ok) return answer as never
      const problem = answer as Problem
      if (!problem.retryable || attempt === 5) throw new Refused(problem, `${method} ${path}`)
      await new Promise((resolve) => setTimeout(resolve, attempt * 200))
    }
  }
}

/** Sends a file as it is. */
export const uploader =
  (base: string, key: string) =>
  async (path: string, body: string): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'text/csv' }
    const response = await fetch(base + path, { method: 'POST', headers, body, signal: AbortSignal.timeout(30_000) })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Refused(answer as Problem, `POST ${path}`)
    return answer
  }
