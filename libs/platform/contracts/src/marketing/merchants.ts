/** Merchants, their groups and what they take part in. */
export {
  feeEntry,
  type FeeEntry,
  feeSchedule,
  type FeeSchedule,
  merchant,
  MERCHANT_STATES,
  merchantImportLine,
  type Merchant,
} from './merchant'
export {
  merchantGroup,
  type MerchantGroup,
  merchantGroupRequest,
  type MerchantGroupRequest,
  merchantGroupVersion,
  type MerchantGroupVersion,
  merchantGroupAnswer,
  type MerchantGroupAnswer,
  merchantGroupPage,
  type MerchantGroupPage,
  merchantGroupVersionPage,
  type MerchantGroupVersionPage,
  merchantGroupVersionQuery,
  type MerchantGroupVersionQuery,
  merchantGroupMemberQuery,
  type MerchantGroupMemberQuery,
  merchantGroupMemberPage,
  type MerchantGroupMemberPage,
} from './merchant-group'
export {
  merchantActivity,
  type MerchantActivity,
  merchantActivityPage,
  type MerchantActivityPage,
  merchantActivityQuery,
  type MerchantActivityQuery,
} from './merchant-activities'
export {
  merchantLine,
  type MerchantLine,
  merchantListQuery,
  type MerchantListQuery,
  merchantPage,
  type MerchantPage,
} from './merchant-list'
