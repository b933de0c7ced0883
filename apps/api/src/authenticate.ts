import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { authenticate, type KeyRing, type Principal } from '@lijian/identity'
import type { Arrival } from './arrival'

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal
    receivedAtMs: number
  }
}

/** Asked before the body is read. Any one of the scopes is enough. */
export type Authenticate = (
  ...anyOf: Scope[]
) => (request: FastifyRequest, reply: unknown, done: HookHandlerDoneFunction) => void

export function authenticator(keys: KeyRing, now: () => number, arrival: Arrival): Authenticate {
  return (...anyOf) =>
    (request, _reply, done) => {
      const found = authenticate(keys, request.headers.authorization, anyOf, now())
      if (found instanceof LijianError) return done(found)
      request.principal = found
      request.receivedAtMs = arrival.atMs()
      done()
    }
}
