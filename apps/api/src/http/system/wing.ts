import type { Metrics } from '@lijian/telemetry'
import { endpointOf } from '../../endpoint'

/** What an endpoint about the process itself may reach. */
export interface SystemWing {
  metrics: Metrics
  ready: () => Promise<Readonly<Record<string, boolean>>>
}

export const endpoint = endpointOf<SystemWing>()
