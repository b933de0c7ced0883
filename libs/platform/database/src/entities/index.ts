export { CatalogSnapshotRow, DecisionLogEntity } from './decisions'
export { ApiKeyRow, ClientRow, WebhookDeliveryRow } from './client'
export { CampaignRow, CampaignVersionRow, ConfigChangeRow, MerchantRow, SuspensionRow } from './documents'
export { CardGroupRow, CustomerGroupRow, GroupImportRow, GroupPageRow, type GroupKind } from './groups'
export { CounterEntity, MarketingTransactionEntity, OutboxEntity, ReverseTransactionEntity } from './transactions'
export { AccountDayEntity, BusinessDayEntity, JournalEntity, JournalSealEntity, ProposalRow } from './journal'
export {
  BillFileRow,
  BillLayoutRow,
  BillLineRow,
  ReconciliationBreakRow,
  ReconciliationCaseRow,
  ReconciliationRunRow,
} from './reconciliation'
export { PartnerRow, type StoredAccount } from './partner'
export { PartnerCycleEntity } from './cycles'
export { CardOverEntity, CardUsageCaseRow, CardUsageEntity, CardUsageNoticeEntity } from './card-usage'
export { RouteCapacityEntity, RouteCapacityRunEntity, RouteCurveEntity } from './route-capacity'
export { RouteEntity, RouteOutcomeEntity, RoutePoolHealthEntity, RoutingVersionRow } from './routing'
export { ClearingFileRow, ClearingRunRow, ClearingSystemRow, MerchantSettlementRow, RebateDueRow } from './clearing'
