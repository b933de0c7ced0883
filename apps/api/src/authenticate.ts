import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import {
  authenticate,
  mayAsk,
  principalOf,
  type KeyRing,
  type PersonPrincipals,
  type Principal,
  type Sessions,
} from '@lijian/identity'
import type { Arrival } from './arrival'
import type { Senders } from './senders'
import { isBackground, mustBeOwnPage, type SessionCookie } from './session-cookie'

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal
    receivedAtMs: number
  }
}

/** `isOfSystems`: no session opens it. `isSignedIn`: any key or session is enough. `isStrong`: a person has shown a second factor lately. */
interface Cost {
  isPayment: boolean
  isOfSystems: boolean
  isSignedIn: boolean
  isStrong: boolean
}

/** Asked before the body is read. Any one of the scopes is enough. */
export type Authenticate = (
  anyOf: readonly Scope[],
  cost: Cost,
) => (request: FastifyRequest, reply: unknown, done: HookHandlerDoneFunction) => void

interface Known {
  now: () => number
  arrival: Arrival
  senders: Senders
  sessions: Pick<Sessions, 'find'>
  persons: PersonPrincipals
  cookie: SessionCookie
}

export function authenticator(keys: KeyRing, known: Known): Authenticate {
  const { now, arrival, senders } = known
  return (anyOf, cost) => (request, _reply, done) => {
    const take = (found: Principal | LijianError, asking: Principal | undefined) => {
      if (found instanceof LijianError) {
        // Refused all the same, but no stranger.
        if (asking !== undefined) request.principal = asking
        return done(found)
      }
      senders.greet(request.raw.socket)
      request.principal = found
      request.receivedAtMs = arrival.atMs()
      done()
    }
    const { authorization } = request.headers
    const token = authorization === undefined && !cost.isOfSystems ? known.cookie.read(request.headers) : undefined
    if (token === undefined) {
      const found = authenticate(keys, authorization, anyOf, now(), cost)
      return take(found, principalOf(keys, authorization))
    }
    personOf(known, token, request).then(
      (person) =>
        take(
          person === undefined
            ? new LijianError('unauthenticated', NO_SESSION)
            : mayAsk(person, anyOf, now(), { ...cost, isPayment: false }),
          person,
        ),
      done,
    )
  }
}

const NO_SESSION = 'This session has ended: sign in again'

async function personOf(
  { sessions, persons }: Known,
  token: string,
  { method, headers }: FastifyRequest,
): Promise<Principal | undefined> {
  mustBeOwnPage(method, headers)
  const found = await sessions.find(token, { background: isBackground(headers) })
  return found && persons.of(found)
}
