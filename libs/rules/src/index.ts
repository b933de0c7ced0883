export { parseCampaign } from '@lijian/contracts'
export { compileCatalog, compileOffer } from './compile'
export { screen, testOffer } from './conditions'
export { rank, refusalsAfterGrant } from './rank'
export { feeFen } from './fees'
export type {
  Candidate,
  Catalog,
  CatalogCampaign,
  CatalogInput,
  Charge,
  CompiledOffer,
  PaymentFacts,
  PriceSoFar,
  Ranking,
  RankRefusal,
  Screening,
} from './types'
