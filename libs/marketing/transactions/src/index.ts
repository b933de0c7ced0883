export { answerOf } from './answer'
export { LOG_SCOPES, type LogScope } from './decision-log'
export { createTransactionDoor, type DoorOptions } from './door'
export { factsOf } from './evaluated'
export { snapshotOf } from './events'
export { grantUnfunded } from './grant-late'
export { pastFacts } from './outcome'
export type { PreparedOffer } from './query'
export { firstOf } from './result'
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
