export {
  applyBatch,
  outboxLane,
  OUTBOX_LANES,
  type Applied,
  type Batch,
  type CounterWrite,
  type EventWrite,
  type JournalWrite,
  type ReverseWrite,
  type TransactionGuard,
  type TransactionWrite,
} from './apply'
export { grantAppLogin } from './app-login'
export {
  DAY_NOT_OVER,
  DAY_NOT_READY,
  freezeBusinessDay,
  openBusinessDay,
  sealBusinessDay,
  type BusinessDayRule,
} from './business-day'
export { dataSource, migrate } from './data-source'
export {
  dropDecisionsBefore,
  loadDecisions,
  writeDecisions,
  type DecisionEntry,
  type DecisionRow,
} from './decision-log'
export * from './entities'
export { readGroupPages, writeGroupPages } from './group-pages'
export {
  loadCounters,
  loadNewestVersions,
  loadReverses,
  loadReversesOf,
  loadSuspended,
  loadTransactions,
  type Key,
  type NewestVersion,
} from './load'
export { inTransaction } from './in-transaction'
export { writeOutbox } from './outbox'
export { hotPool, steadyPool } from './pool'
export { postEntry, type EntryToPost } from './post-entry'
export { reverseRow, transactionRow } from './rows'
export type {
  CounterRow,
  DecisionBasis,
  FirstAnswer,
  LoggedDecision,
  NoOfferCause,
  JournalDetail,
  JournalOffer,
  ReverseRow,
  SnapshotCampaign,
  StoredCharge,
  StoredFacts,
  StoredRefund,
  StoredResult,
  TransactionRecord,
  TransactionRow,
} from './rows'
export { isDatabaseAway, isDecideAgain } from './sql-state'
