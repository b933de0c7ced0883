import { LijianError } from '@lijian/contracts/system'
import type { Scope } from '@lijian/contracts/people'
import type { KeyRing, Principal } from './key-ring'

const BEARER = 'Bearer '

/**
 * Who sends this `Authorization` header: a key that is known, that does not ask too often, and that has one of the scopes. A request that is
 * refused for its scopes has counted against the rate. Returns the refusal, for every request passes here and throwing costs more.
 */
export function authenticate(
  keys: Pick<KeyRing, 'find' | 'isFreshFor'>,
  authorization: string | undefined,
  anyOf: readonly Scope[],
  nowMs: number,
): Principal | LijianError {
  const principal = authorization?.startsWith(BEARER) ? keys.find(authorization.slice(BEARER.length)) : undefined
  if (principal === undefined) return new LijianError('unauthenticated')
  if (!keys.isFreshFor(anyOf))
    return new LijianError(
      'unavailable',
      'Keys could not be read for too long: nobody can say whether this one is revoked',
    )
  if (!principal.bucket.take(nowMs)) return new LijianError('too_many_requests')
  for (const scope of anyOf) if (principal.scopes.has(scope)) return principal
  return new LijianError('forbidden', `This needs a key with the scope ${anyOf.join(' or ')}`)
}
