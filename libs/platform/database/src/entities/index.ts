export { CampaignBacktestEntity } from './backtests'
export { CatalogSnapshotEntity, DecisionLogEntity } from './decisions'
export { ApiKeyEntity, ClientEntity, DecisionProofEntity, WebhookDeliveryEntity } from './client'
export {
  CampaignEntity,
  CampaignVersionEntity,
  ConfigChangeEntity,
  MerchantEntity,
  SuspensionEntity,
} from './documents'
export { CardGroupEntity, CustomerGroupEntity, GroupImportEntity, GroupPageEntity, type GroupKind } from './groups'
export { CounterEntity, MarketingTransactionEntity, OutboxEntity, ReverseTransactionEntity } from './transactions'
export { AccountDayEntity, BusinessDayEntity, JournalEntity, JournalSealEntity, ProposalEntity } from './journal'
export {
  BillFileEntity,
  BillLayoutEntity,
  BillLineEntity,
  ReconciliationBreakEntity,
  ReconciliationCaseEntity,
  ReconciliationRunEntity,
} from './reconciliation'
export { PartnerEntity, type StoredAccount } from './partner'
export { PartnerCycleEntity } from './cycles'
export { CardOverEntity, CardUsageCaseEntity, CardUsageEntity, CardUsageNoticeEntity } from './card-usage'
export { RouteCapacityEntity, RouteCapacityRunEntity, RouteCurveEntity } from './route-capacity'
export { RouteEntity, RouteOutcomeEntity, RoutePoolHealthEntity, RoutingVersionEntity } from './routing'
export {
  ClearingFileEntity,
  ClearingRunEntity,
  ClearingSystemEntity,
  MerchantSettlementEntity,
  RebateDueEntity,
} from './clearing'
export {
  ReportAccessEntity,
  ReportDeliveryEntity,
  ReportLinkEntity,
  ReportRunEntity,
  ReportScheduleEntity,
} from './reports'
export {
  MerchantDayEntity,
  PaymentDayEntity,
  PaymentPostingDayEntity,
  PaymentShareDayEntity,
  UnpostedResultEntity,
} from './roll-ups'
export { RefusalDayCountEntity, RefusalDayEntity } from './refusals'
export {
  BranchEntity,
  EnrolmentEntity,
  PersonEntity,
  PersonPasswordEntity,
  PersonTotpEntity,
  RoleConflictEntity,
  RoleEntity,
  SessionEntity,
  SignInFailureEntity,
} from './people'
