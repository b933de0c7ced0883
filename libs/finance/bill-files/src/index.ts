export { BillFault } from './fault'
export { BILL_LAYOUTS } from './layouts'
export { BillReader, type BillSummary } from './reader'
export type { BillLine } from './row-reader'
