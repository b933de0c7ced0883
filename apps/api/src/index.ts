export type { ApiConfig } from './api-config'
export { startApi, type RunningApi } from './start'
