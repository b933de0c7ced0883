export { bodyHash } from './body-hash'
export { Evaluator, type EvaluatorOptions } from './evaluator'
export { MemoryStore, type SerialStore, type StoredPayment } from './store'
