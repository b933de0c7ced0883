export { CatalogService, type CatalogOptions } from './catalog'
