export { describe } from './describe'
export type { Sentence } from './part'
export { CARD_REGIONS, CARD_TYPES, DAY_TYPES, DIMENSIONS, PAYMENT_METHODS, PERIODS, SCHEMES, WEEKDAYS } from './words'
