export { canonicalJson } from './canonical'
export { cardToken, mustHoldNoCard, noCard } from './card-number'
export { inBothLanguages, inChinese } from './chinese'
export { type ErrorSpec, ERRORS, type ErrorCode, type FieldError, LijianError, toldFaults } from './errors'
export { fieldErrors } from './field-errors'
export type { FlowEvent, FlowEvents } from './flow-event'
export { pageQuery, type PageQuery, wordQuery, type WordQuery } from './page'
export {
  AMOUNT_FEN_MAX,
  amountFen,
  positiveFen,
  ratePpm,
  code,
  listCode,
  issuerCode,
  serial,
  isoDate,
  instant,
  cardType,
  type CardType,
  cardRegion,
  type CardRegion,
  mccCode,
  regionCode,
  countryCode,
  currencyCode,
} from './primitives'
export { problem, type Problem } from './problem'
export { present } from './present'
export {
  BYTE_ORDER_MARK,
  decodeText,
  identityText,
  jsonOf,
  lineCheck,
  lineText,
  plainLine,
  plainWords,
  type TextEncoding,
  tryDecode,
  withoutByteOrderMark,
  wordsText,
  wrongTextsOf,
  WrongText,
  wrongWithLine,
} from './text'
export { holdsCardNumber, wrongTexts } from '../text'
export { recordOf } from './record'
export { isTimeZone } from './time-zone'
export { SEARCH_KINDS, type SearchAnswer, searchAnswer, type SearchItem, type SearchKind, searchQuery } from './search'
