export { parseCampaign } from '@lijian/contracts'
export { compileCatalog, compileOffer, joinOffers } from './compile'
export { baseFen, memberships, screen, screenAll, testOffer } from './conditions'
export { rank, refusalsAfterGrant } from './rank'
export { benefitFen } from './benefits'
export { blockCharges, fundersOf, grantCharges, grantOf } from './charges'
export { drawValue } from './draw'
export { feeFen } from './fees'
export { PAGE_MEMBERS, pagesOf, TokenSet, TokenSetBuilder, wordsOf } from './token-set'
export { combined, FingerprintList, fingerprintsOf } from './token-sort'
export type {
  Candidate,
  CardGroupMembers,
  Catalog,
  CatalogCampaign,
  CatalogInput,
  Charge,
  CompiledOffer,
  CustomerGroupMembers,
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
