/** What a page needs to show what the API answers and to prove it: without zod, so that it stays small. */
export * from './flow-queries'
export { canonicalJson } from '../system/canonical'
export { decimal, wordsOf } from '../people/field-words'
export { decimalsOf } from '../money/currencies'
export { REASON_WORDS } from '../marketing/reason-words'
