export { reportMetrics } from './metrics'
export { startGenerator, type RunningGenerator } from './start'
