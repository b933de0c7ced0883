import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { authenticate, principalOf, type KeyRing, type Principal } from '@lijian/identity'
import type { Arrival } from './arrival'
import type { Senders } from './senders'

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal
    receivedAtMs: number
  }
}

/** Asked before the body is read. Any one of the scopes is enough. */
export type Authenticate = (
  anyOf: readonly Scope[],
  cost: { isPayment: boolean },
) => (request: FastifyRequest, reply: unknown, done: HookHandlerDoneFunction) => void

interface Known {
  now: () => number
  arrival: Arrival
  senders: Senders
}

export function authenticator(keys: KeyRing, { now, arrival, senders }: Known): Authenticate {
  return (anyOf, cost) => (request, _reply, done) => {
    const found = authenticate(keys, request.headers.authorization, anyOf, now(), cost)
    if (found instanceof LijianError) {
      // Refused all the same, but no stranger.
      if (found.code !== 'unauthenticated') request.principal = principalOf(keys, request.headers.authorization)!
      return done(found)
    }
    senders.greet(request.raw.socket)
    request.principal = found
    request.receivedAtMs = arrival.atMs()
    done()
  }
}
