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
  asks: Asks = {},
): Principal | LijianError {
  const principal = principalOf(keys, authorization)
  if (principal === undefined) return new LijianError('unauthenticated')
  if (!keys.isFreshFor(anyOf))
    return new LijianError(
      'unavailable',
      'Keys could not be read for too long: nobody can say whether this one is revoked',
    )
  return mayAsk(principal, anyOf, nowMs, asks)
}

interface Asks {
  isPayment?: boolean
  /** That somebody asks is enough. */
  isSignedIn?: boolean
  /** A person has shown a second factor lately, which no token does. */
  isStrong?: boolean
}

/** Of a known principal: the rates, the scopes, and whether a person has shown a second factor. */
export function mayAsk(
  principal: Principal,
  anyOf: readonly Scope[],
  nowMs: number,
  { isPayment = false, isSignedIn = false, isStrong = false }: Asks = {},
): Principal | LijianError {
  if (!principal.bucket.take(nowMs)) return new LijianError('too_many_requests')
  const strong = isStrong ? asStrong(principal) : principal
  if (isSignedIn) return strong
  for (const scope of anyOf) {
    if (!principal.scopes.has(scope)) continue
    if (isPayment || principal.bucketOf(scope).take(nowMs)) return strong
    return new LijianError('too_many_requests', `The rate limit of this key for the scope ${scope} is reached`)
  }
  return new LijianError('forbidden', refusal(principal, anyOf.join(' or ')))
}

function asStrong(principal: Principal): Principal | LijianError {
  const { person } = principal
  if (person === undefined || person.strongUntilMs !== undefined) return principal
  return person.token === undefined
    ? new LijianError('step_up')
    : new LijianError('step_up', 'A token shows no second factor: sign in at a browser for this')
}

function refusal({ person }: Principal, scopes: string): string {
  if (person?.must === 'password') return 'Set a password of your own first: POST /v1/me/password'
  if (person?.must === 'second_factor') return 'Add an authenticator first: POST /v1/me/totp'
  return `This needs a ${person === undefined ? 'key' : 'role'} with the scope ${scopes}`
}

export const principalOf = (keys: Pick<KeyRing, 'find'>, authorization: string | undefined): Principal | undefined =>
  authorization?.startsWith(BEARER) ? keys.find(authorization.slice(BEARER.length)) : undefined
