export { CatalogService, type CatalogOptions } from './catalog'
export { LOG_SCOPES, type LogScope } from './decision-log'
export { createTransactionDoor, type DoorOptions } from './door'
export type { PreparedOffer } from './query'
export { Evaluations, type EvaluationAsk } from './evaluations'
export { snapshotOf } from './events'
export { Explainer, type ExplainedTransaction, type ExplainerOptions } from './explainer'
export { grantUnfunded } from './grant-late'
export type {
  Door,
  EdgeCard,
  QueryAsk,
  RefundAsk,
  RefundResultAsk,
  ResultAsk,
  ReverseAsk,
  TransactionDoor,
} from './types'
export { listTransactions, type ListAsk } from './list'
