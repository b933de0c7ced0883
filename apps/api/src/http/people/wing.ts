import type { DecisionProofAnswer } from '@lijian/contracts/people'
import type { ApiKeys, Clients, Principal } from '@lijian/identity'
import type { Decision } from '@lijian/privacy'
import { endpointOf } from '../../endpoint'

/** What an endpoint about clients and keys may reach. */
export interface PeopleWing {
  clients: Clients
  apiKeys: ApiKeys
  /** Signs what a person decides by an update of a flow. */
  prove: (decision: Decision, principal: Pick<Principal, 'keyId'>) => DecisionProofAnswer
  /** Brings this process's memory of keys up to date after a change. */
  keysChanged: () => Promise<void>
}

export const endpoint = endpointOf<PeopleWing>()
