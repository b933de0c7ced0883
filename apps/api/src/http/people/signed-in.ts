import type { MeAnswer } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import type { Browser, Principal, SessionPerson, TokenPerson } from '@lijian/identity'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PeopleWing } from './wing'

export const browserOf = ({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): Browser => ({
  address: ip,
  agent: (headers['user-agent'] ?? 'unknown').replace(/[^\x20-\x7e]/g, ' '),
})

export const meOf = (person: SessionPerson | TokenPerson): MeAnswer => {
  const { id, login, name, branch, roles, language, scopes: open, token, must, strongUntilMs, endsAtMs } = person
  return {
    kind: 'person',
    id,
    login,
    name,
    branch,
    roles,
    language,
    scopes: open,
    token,
    must,
    strongUntil: strongUntilMs === undefined ? undefined : new Date(strongUntilMs).toISOString(),
    sessionEndsAt: token === undefined ? new Date(endsAtMs).toISOString() : undefined,
  }
}

/** Hands the cookie over and says who is signed in now. */
export async function signedIn(
  { sessions, cookie }: PeopleWing,
  token: string,
  reply: FastifyReply,
): Promise<MeAnswer> {
  void reply.header('set-cookie', cookie.of(token)).header('cache-control', 'no-store')
  const person = await sessions.find(token)
  if (person === undefined) throw new LijianError('unauthenticated', 'This session has ended: sign in again')
  return meOf(person)
}

/** Throws LijianError forbidden. */
export function mustBePerson({ person }: Principal): SessionPerson {
  if (person?.session === undefined)
    throw new LijianError(
      'forbidden',
      `${person === undefined ? 'An API key' : 'A token'} has no sessions and no password: sign in with POST /v1/sessions`,
    )
  return person
}

/** Throws LijianError forbidden. */
export function mustBeLocal({ isLocalOpen }: PeopleWing): void {
  if (!isLocalOpen) throw new LijianError('forbidden', 'Sign in at the identity provider: GET /v1/sessions/oidc')
}
