export { makeDevKeys, type DevKeys } from './dev-keys'
export { startApi, type ApiConfig, type RunningApi } from './start'
