export { parseAcknowledgement, type Acknowledgement } from './acknowledgement'
export { defaultLayout, LAYOUTS } from './layouts'
export {
  copySql,
  fixedLinesSql,
  offerLinesSql,
  offersOf,
  SETTLED_CURRENCY,
  settlementLinesSql,
  SPREADSHEET_STARTS,
} from './line-sql'
export { CLEARED_EVENTS, KIND_OF_OFFER, literal, REBATE_DATE, SETTLE_FEN, type OfferRows } from './offer-sql'
export { FileFault, LayoutReader, type FileRow } from './reader'
export { businessDatesDueOn, daysFromTo, settlementDateOf } from './settlement-date'
export { csvCell } from './csv-cell'
export { fileNameOf, headLines, trailerLines, type FileSummary } from './summary'
