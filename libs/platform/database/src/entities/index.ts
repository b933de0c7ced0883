export { BacktestLinesEntity, BacktestRunEntity, CampaignBacktestEntity } from './backtests'
export { CatalogSnapshotEntity, DecisionLogEntity } from './decisions'
export { ApiKeyEntity, ClientEntity, DecisionProofEntity, WebhookDeliveryEntity } from './client'
export {
  CampaignEntity,
  CampaignFactsEntity,
  CampaignVersionEntity,
  ConfigChangeEntity,
  SuspensionEntity,
} from './documents'
export { MerchantEntity, MerchantGroupEntity, MerchantGroupMemberEntity, MerchantGroupVersionEntity } from './merchants'
export {
  CardGroupEntity,
  CustomerGroupEntity,
  GroupImportEntity,
  GroupPageEntity,
  MemberGroupDraftEntity,
  type GroupKind,
  type ImportKind,
} from './groups'
export {
  CounterEntity,
  MarketingTransactionEntity,
  OpenHoldEntity,
  OutboxEntity,
  ReverseTransactionEntity,
} from './transactions'
export { AccountDayEntity, BusinessDayEntity, JournalEntity, JournalSealEntity, ProposalEntity } from './journal'
export {
  BillFileEntity,
  BillLayoutEntity,
  BillLineEntity,
  ReconciliationBreakEntity,
  ReconciliationCaseEntity,
  ReconciliationRunEntity,
} from './reconciliation'
export {
  AccountRevealEntity,
  PartnerDraftEntity,
  PartnerEntity,
  PartnerVersionEntity,
  type StoredAccount,
} from './partner'
export { PartnerCycleEntity } from './cycles'
export { CardOverEntity, CardUsageCaseEntity, CardUsageEntity, CardUsageNoticeEntity } from './card-usage'
export { RouteCapacityEntity, RouteCapacityRunEntity, RouteCurveEntity } from './route-capacity'
export {
  RouteEntity,
  RouteOutcomeEntity,
  RoutePoolHealthEntity,
  RoutingDraftEntity,
  RoutingVersionEntity,
} from './routing'
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
  SavedViewEntity,
  SessionEntity,
  SignInFailureEntity,
} from './people'
export { CampaignOriginEntity, RuleTemplateEntity, RuleTemplateVersionEntity } from './templates'
export { ErasureEntity } from './erasure'
export {
  OidcAttemptEntity,
  OidcLogoutEntity,
  PasskeyChallengeEntity,
  PasskeyEntity,
  PersonIdentityEntity,
} from './identities'
export { ApprovalPolicyEntity, DelegationEntity, ProposalDecisionEntity, WaitingSecretEntity } from './approvals'
