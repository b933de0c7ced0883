export {
  askTemporal,
  recordHistory,
  replayHistories,
  testDatabase,
  testRedis,
  testTemporal,
  testWorkflowBundle,
  type TestDatabase,
  type TestRedis,
  type TestTemporal,
} from './servers'
export { forkSource, sourceExecArgv } from './child'
export { Cable } from './cable'
export { freePort } from '@lijian/stack/ports'
export { proxyTo } from './network'
export { workflowStage } from './workflow-stage'
export { lockRows } from './row-lock'
export { until } from './wait'
export { putRows, rowsOf, type TableRows } from './rows'
