export { CatalogService, type CatalogOptions } from './catalog'
export { createTransactionDoor, type DoorOptions } from './door'
export { snapshotOf } from './events'
export type { Door, EdgeCard, QueryAsk, ResultAsk, ReverseAsk, TransactionDoor } from './types'
