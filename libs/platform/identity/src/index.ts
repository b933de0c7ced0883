export { ApiKeys, apiKeyHash } from './api-keys'
export { Clients } from './clients'
export { KeyRing, type Principal } from './key-ring'
