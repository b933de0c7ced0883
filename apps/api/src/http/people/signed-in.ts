import type { MeAnswer } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import type { Browser, Principal, SessionPerson } from '@lijian/identity'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PeopleWing } from './wing'

export const browserOf = ({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): Browser => ({
  address: ip,
  agent: (headers['user-agent'] ?? 'unknown').replace(/[^\x20-\x7e]/g, ' '),
})

export const meOf = (person: SessionPerson): MeAnswer => {
  const { id, login, name, branch, roles, language, scopes: open, must, strongUntilMs, endsAtMs } = person
  return {
    kind: 'person',
    id,
    login,
    name,
    branch,
    roles,
    language,
    scopes: open,
    must,
    strongUntil: strongUntilMs === undefined ? undefined : new Date(strongUntilMs).toISOString(),
    sessionEndsAt: new Date(endsAtMs).toISOString(),
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
  if (person === undefined)
    throw new LijianError('forbidden', 'An API key has no sessions and no password: sign in with POST /v1/sessions')
  return person
}
