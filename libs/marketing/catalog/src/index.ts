export { ClientBounds, type HoldRoom } from './client-bounds'
export { CatalogService, type CatalogOptions } from './catalog'
