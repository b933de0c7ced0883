export { applyBatch, outboxLane, OUTBOX_LANES } from './apply'
export type {
  Applied,
  Batch,
  CounterWrite,
  EventWrite,
  JournalWrite,
  OutcomeWrite,
  ReverseWrite,
  RouteWrite,
  RowGuard,
  TransactionWrite,
  OverRule,
  UsageWrite,
} from './batch'
export { actAs, acting, type Acting } from './acting'
export { keepInstallationSettings, type InstallationSettings } from './installation-settings'
export { databaseAnswers } from './answers'
export { grantAppLogin } from './app-login'
export {
  bookRefusalDays,
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
  dropOldDecisions,
  loadDecisions,
  writeDecisions,
  type DecisionEntry,
  type DecisionRow,
} from './decision-log'
export * from './entities'
export { DRAFT_PAGES, readGroupPages, writeGroupPages } from './group-pages'
export {
  loadCounters,
  loadNewestVersions,
  loadReverses,
  loadReversesOf,
  loadRoutes,
  loadSuspended,
  askClock,
  loadTransactions,
  type Key,
  type NewestVersion,
} from './load'
export { clientOf, inTransaction, poolOf } from './in-transaction'
export { LOCKS } from './locks'
export { writeOutbox } from './outbox'
export { answers } from './ping'
export { LIMITS, type Limits } from './limits'
export { hotPool, steadyClient, steadyPool, steadyPoolConfig } from './pool'
export { postEntry, type EntryToPost } from './post-entry'
export {
  routeRow,
  type RouteAttempt,
  type RouteDecision,
  type RouteFacts,
  type RouteRecord,
  type RouteRow,
  type StoredRouteCharge,
} from './route-rows'
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
  StoredRefund,
  StoredResult,
  TransactionRecord,
  Teller,
  TransactionRow,
} from './rows'
export {
  codeOf,
  isBadText,
  isConnectionLost,
  isDatabaseAway,
  isDecideAgain,
  isLocked,
  isTooSlow,
  refusalOf,
} from './sql-state'
export { lockedRows, nameOf, type LockableRow } from './locked-rows'
export { writeParted, type Refused } from './write-parted'
export { pageOf } from './page'
export { PoolWatch } from './pool-watch'
export { Turns } from './turns'
export { withoutNulls } from './without-nulls'
export { RECORD_COLUMNS, shapeFault, type RecordTable } from './record-shapes'
export { REVERSE_VERSION, ROUTE_VERSION, TRANSACTION_VERSION } from './upcast'
