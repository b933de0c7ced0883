export { Relay, type RelayOptions, type RelayStats } from './relay'
export { connectionTo, type TemporalAccess } from './temporal-access'
export { registerSearchAttributes } from './search-attributes'
export type { Backlog } from './lane'
