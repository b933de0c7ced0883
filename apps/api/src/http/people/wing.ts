import type { ApiKeys, Clients } from '@lijian/identity'
import { endpointOf } from '../../endpoint'

/** What an endpoint about clients and keys may reach. */
export interface PeopleWing {
  clients: Clients
  apiKeys: ApiKeys
  /** Brings this process's memory of keys up to date after a change. */
  keysChanged: () => Promise<void>
}

export const endpoint = endpointOf<PeopleWing>()
