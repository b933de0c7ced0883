import type { DecisionProofAnswer } from '@lijian/contracts/people'
import type { Accounts, ApiKeys, Clients, Principal, Sessions } from '@lijian/identity'
import type { Decision } from '@lijian/privacy'
import { endpointOf } from '../../endpoint'
import type { SessionCookie } from '../../session-cookie'

/** What an endpoint about clients and keys may reach. */
export interface PeopleWing {
  clients: Clients
  apiKeys: ApiKeys
  /** Signs what a person decides by an update of a flow. */
  prove: (decision: Decision, principal: Pick<Principal, 'keyId'>) => DecisionProofAnswer
  /** Brings this process's memory of keys up to date after a change. */
  keysChanged: () => Promise<void>
  accounts: Accounts
  sessions: Sessions
  cookie: SessionCookie
}

export const endpoint = endpointOf<PeopleWing>()
