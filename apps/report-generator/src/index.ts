export { deliveryMetrics, reportMetrics } from './metrics'
export { startGenerator, type RunningGenerator } from './start'
export { runGenerator } from './run'
