import { LijianError } from '@lijian/contracts/system'
import { Accounts, Sessions, type Principal, type SessionPerson } from '@lijian/identity'
import type { Sealer } from '@lijian/privacy'
import type { Pool } from 'pg'
import type { ApiConfig } from './api-config'
import { SessionCookie } from './session-cookie'

/** How persons sign in here. */
export function openPersons(config: ApiConfig, pool: Pool, sealer: Sealer, nowMs: () => number) {
  const sessions = new Sessions(pool, nowMs)
  const accounts = new Accounts(pool, { sessions, sealer, nowMs, breachedPasswords: config.breachedPasswords })
  return { sessions, accounts, cookie: new SessionCookie(config.profile !== 'dev'), mustBePerson }
}

function mustBePerson({ person }: Principal): SessionPerson {
  if (person === undefined)
    throw new LijianError('forbidden', 'An API key has no sessions and no password: sign in with POST /v1/sessions')
  return person
}
