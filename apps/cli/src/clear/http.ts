import { readFileSync } from 'node:fs'
import type { Problem } from '@lijian/contracts/system'

/** A refusal of the API, in its own words. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    const errors = (problem.errors ?? []).map(({ path, message }) => ` (${path}: ${message})`).join('')
    super(`${problem.detail}${errors}`)
    this.name = 'Refused'
  }
}

export type Api = <Answer>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>

/** The API with finance's development key. */
export function finance(base: string, keyFile: string): Api {
  const { finance: key } = JSON.parse(readFileSync(keyFile, 'utf8')) as { finance?: string }
  if (key === undefined) throw new Error(`${keyFile} has no key for finance: ./lijian keys makes it`)
  return async (method, path, body) => {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const response = await fetch(base + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new Refused(answer as Problem)
    return answer as never
  }
}
