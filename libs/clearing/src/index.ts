export { parseAcknowledgement, type Acknowledgement } from './acknowledgement'
export { defaultLayout, LAYOUTS } from './layouts'
export {
  CLEARED_EVENTS,
  copySql,
  fixedLinesSql,
  KIND_OF_OFFER,
  literal,
  offerLinesSql,
  offersOf,
  REBATE_DATE,
  SETTLE_FEN,
  settlementLinesSql,
  SPREADSHEET_STARTS,
  type OfferRows,
} from './line-sql'
export { FileFault, LayoutReader, type FileRow } from './reader'
export { businessDatesDueOn, daysFromTo, settlementDateOf } from './settlement-date'
export { fileNameOf, headLines, trailerLines, yuanText, type FileSummary } from './summary'
