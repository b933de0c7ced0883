import type { Scope } from '@lijian/contracts/people'

/** Who works with Lijian, and what is open to this person at this door. */
export interface Person {
  id: string
  login: string
  name: string
  branch: string
  roles: string[]
  language: 'zh-CN' | 'en'
  scopes: Scope[]
  /** When the session or the token is over. */
  endsAtMs: number
}

/** Asks by a token of its own, and shows no second factor by it. */
export interface TokenPerson extends Person {
  token: string
  session?: undefined
  must?: undefined
  strongUntilMs?: undefined
}

/** In SQL, of the person `p`: whether there is a second factor here. */
export const HAS_FACTOR = `(EXISTS (SELECT FROM person_totp t WHERE t.person = p.id AND t.confirmed_at IS NOT NULL)
  OR EXISTS (SELECT FROM passkey y WHERE y.person = p.id))`
