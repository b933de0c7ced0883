import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import type { KeyRing, Principal } from './key-ring'

const BEARER = 'Bearer '

/**
 * Who sends this `Authorization` header: a key that is known, that does not ask too often, and that has one of the scopes. A request that is
 * refused for its scopes has counted against the client's rate; `isPayment`: against that alone. Returns the refusal, for every request passes here and throwing costs more.
 */
export function authenticate(
  keys: Pick<KeyRing, 'find' | 'isFreshFor'>,
  authorization: string | undefined,
  anyOf: readonly Scope[],
  nowMs: number,
  { isPayment = false } = {},
): Principal | LijianError {
  const principal = principalOf(keys, authorization)
  if (principal === undefined) return new LijianError('unauthenticated')
  if (!keys.isFreshFor(anyOf))
    return new LijianError(
      'unavailable',
      'Keys could not be read for too long: nobody can say whether this one is revoked',
    )
  if (!principal.bucket.take(nowMs)) return new LijianError('too_many_requests')
  for (const scope of anyOf) {
    if (!principal.scopes.has(scope)) continue
    if (isPayment || principal.bucketOf(scope).take(nowMs)) return principal
    return new LijianError('too_many_requests', `The rate limit of this key for the scope ${scope} is reached`)
  }
  return new LijianError('forbidden', `This needs a key with the scope ${anyOf.join(' or ')}`)
}

export const principalOf = (keys: Pick<KeyRing, 'find'>, authorization: string | undefined): Principal | undefined =>
  authorization?.startsWith(BEARER) ? keys.find(authorization.slice(BEARER.length)) : undefined
