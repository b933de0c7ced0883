export { Relay, type RelayOptions, type RelayStats } from './relay'
export { registerSearchAttributes } from './search-attributes'
export type { Backlog } from './lane'
