import { Accounts, Sessions } from '@lijian/identity'
import type { Sealer } from '@lijian/privacy'
import type { Pool } from 'pg'
import type { ApiConfig } from './api-config'
import { SessionCookie } from './session-cookie'

/** How persons sign in here. */
export function openPersons(config: ApiConfig, pool: Pool, sealer: Sealer, nowMs: () => number) {
  const sessions = new Sessions(pool, nowMs)
  const accounts = new Accounts(pool, { sessions, sealer, nowMs, breachedPasswords: config.breachedPasswords })
  return { sessions, accounts, cookie: new SessionCookie(config.profile !== 'dev') }
}
