export { Evaluator, type EvaluatorOptions } from './evaluator'
export { MemoryStore, type Decided, type SerialStore, type StoredGrant, type StoredPayment } from './store'
