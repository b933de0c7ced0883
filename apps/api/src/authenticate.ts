import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import type { KeyRing, Principal } from '@lijian/identity'

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal
    receivedAtMs: number
  }
}

/** Asked before the body is read: who is it, not too often, and allowed to. Any one of the scopes is enough. */
export type Authenticate = (
  ...anyOf: Scope[]
) => (request: FastifyRequest, reply: unknown, done: HookHandlerDoneFunction) => void

const BEARER = 'Bearer '

export function authenticator(keys: KeyRing, now: () => number): Authenticate {
  return (...anyOf) =>
    (request, _reply, done) => {
      const header = request.headers.authorization
      const principal = header?.startsWith(BEARER) ? keys.find(header.slice(BEARER.length)) : undefined
      if (principal === undefined) return done(new LijianError('unauthenticated'))
      const receivedAtMs = now()
      if (!principal.bucket.take(receivedAtMs)) return done(new LijianError('too_many_requests'))
      for (const scope of anyOf) {
        if (!principal.scopes.has(scope)) continue
        request.principal = principal
        request.receivedAtMs = receivedAtMs
        return done()
      }
      done(new LijianError('forbidden', `This needs a key with the scope ${anyOf.join(' or ')}`))
    }
}
