export { startApi, type ApiConfig, type RunningApi } from './start'
