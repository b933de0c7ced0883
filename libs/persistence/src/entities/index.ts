export { ApiKeyRow, ClientRow, ReconciliationCaseRow, WebhookDeliveryRow } from './client'
export {
  CampaignRow,
  CampaignVersionRow,
  CardGroupRow,
  ConfigChangeRow,
  MerchantRow,
  PartnerRow,
  SuspensionRow,
  TopUpRow,
} from './documents'
export { CounterEntity, MarketingTransactionEntity, OutboxEntity, ReverseTransactionEntity } from './transactions'
