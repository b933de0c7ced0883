export { parseCampaign } from '@lijian/contracts/marketing'
export { compileCatalog, compileOffer, joinOffers } from './compile'
export {
  activityDayOf,
  baseFen,
  isBound,
  memberships,
  namesPlaces,
  screen,
  screenAll,
  testOffer,
  VALUE_CONDITIONS,
  type ValueCondition,
  type ValueReason,
} from './conditions'
export { rank, refusalsAfterGrant } from './rank'
export { benefitFen } from './benefits'
export { blockCharges, fundersOf, grantCharges, grantOf, missingKey } from './charges'
export { drawKeyId, drawValue } from './draw'
export { everyGeneration } from './limit-values'
export { drawAsks, drawRef } from './draw-place'
export { feeFen } from './fees'
export { MerchantGroups, type MerchantGroupMembers, type MerchantGroupsChange } from './merchant-groups'
export { compareAt, WORDS } from './fingerprint'
export { PAGE_MEMBERS, pagesOf, TokenSet, TokenSetBuilder, wordsOf } from './token-set'
export { combined, FingerprintList, fingerprintsOf } from './token-sort'
export { hasDraw, inspectBenefit, type BenefitSeen } from './inspect'
export type {
  Candidate,
  CardGroupMembers,
  Catalog,
  CatalogCampaign,
  CatalogInput,
  Charge,
  CompiledOffer,
  CustomerGroupMembers,
  GroupMatcher,
  Identities,
  IdentityKind,
  PaymentFacts,
  PriceSoFar,
  Ranking,
  RankRefusal,
  Screening,
  ScreenRefusal,
  TokenMembers,
} from './types'
