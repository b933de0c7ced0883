import { code, LijianError, problem, serial } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import { z } from 'zod'

/** The one shape of every failure, in the documentation of every route. */
export const problemResponse = {
  description: 'Any failure: problem details (RFC 9457); "code" and "do" say what it is and what helps',
  content: { 'application/problem+json': { schema: problem } },
}

interface Shown {
  tag: string
  summary: string
  description?: string
  scopes: readonly Scope[]
}

/** What the documentation says beside the schemas of a route. */
export function shown({ tag, summary, description, scopes }: Shown) {
  const needs = scopes.length > 0 ? `Scope: ${scopes.join(' or ')}.` : ''
  return {
    tags: [tag],
    summary,
    description: [description, needs].filter(Boolean).join('\n\n') || undefined,
    security: scopes.length > 0 ? [{ apiKey: [] }] : [],
  }
}

export const codeParams = z.strictObject({ code })
export const idParams = z.strictObject({ id: code })
export const offerParams = z.strictObject({ code, offer: code })
export const serialParams = z.strictObject({ serial })

/** Whose transactions are read: one's own, or with the scope read those of any client. */
export function ownClient(
  principal: { client: string; scopes: ReadonlySet<string> },
  query: { client?: string },
): string {
  const client = query.client ?? principal.client
  if (client !== principal.client && !principal.scopes.has('read'))
    throw new LijianError('forbidden', 'Transactions of another client need a key with the scope read')
  return client
}
