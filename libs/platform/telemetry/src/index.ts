export { createLogger, errorForLog, type LoggerOptions } from './logger'
export { maskCardNumbers } from './mask'
export { Metrics, type Counter, type Gauge, type Histogram } from './metrics'
export type { Logger } from 'pino'
