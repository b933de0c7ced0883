import { endpointOf } from '../../endpoint'

/** An endpoint about the process itself reaches nothing. */
export type SystemWing = Record<string, never>

export const endpoint = endpointOf<SystemWing>()
