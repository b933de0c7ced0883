import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { authenticate, type KeyRing, type Principal } from '@lijian/identity'

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

export function authenticator(keys: KeyRing, now: () => number): Authenticate {
  return (...anyOf) =>
    (request, _reply, done) => {
      const receivedAtMs = now()
      const found = authenticate(keys, request.headers.authorization, anyOf, receivedAtMs)
      if (found instanceof LijianError) return done(found)
      request.principal = found
      request.receivedAtMs = receivedAtMs
      done()
    }
}
