import { readFileSync } from 'node:fs'
import type { Problem } from '@lijian/contracts/system'
import { storedToken } from '../login/tokens'

/** A refusal of the API, in its own words. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    const errors = (problem.errors ?? []).map(({ path, message }) => ` (${path}: ${message})`).join('')
    super(`${problem.detail}${errors}`)
    this.name = 'Refused'
  }
}

export type Api = <Answer>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>

/** The API with the token of whoever is signed in, else with finance's development key. */
export function finance(base: string, keyFile: string): Api {
  return asking(base, storedToken(base)?.token ?? developmentKey(keyFile, 'finance'))
}

/** With the development key of another person, who approves. */
export const developmentChecker = (base: string, keyFile: string): Api =>
  asking(base, developmentKey(keyFile, 'checker'))

function asking(base: string, key: string): Api {
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

function developmentKey(keyFile: string, who: 'finance' | 'checker'): string {
  const { [who]: key } = JSON.parse(readFileSync(keyFile, 'utf8')) as Partial<Record<string, string>>
  if (key === undefined)
    throw new Error(`${keyFile} has no key for ${who}: ./lijian login signs in, ./lijian keys --dev-keys makes one`)
  return key
}
