export {
  openCatalog,
  openMarketing,
  openOffers,
  type CatalogPlatform,
  type Marketing,
  type MarketingPlatform,
  type OffersPlatform,
} from './open-marketing'
