export {
  startPostgres,
  startTemporalCluster,
  startTemporalDev,
  type StartOptions,
  type StartedCluster,
  type StartedPostgres,
  type StartedTemporal,
} from './library'
export { freePort } from './core/ports'
export { nodeFlagsOf } from './servers/node-app'
export { chromium, redisServer, temporalCli } from './test-programs'
