import { DEFAULT_CURRENCY } from './currencies'

/**
 * The key of a book that several currencies have (account, clearing system, merchant of a settlement) carries its currency: `bank/own@JPY`. In CNY
 * it is bare, as all were before. Codes have no `@`, so whoever adds up by key keeps currencies apart (docs/decisions/0055).
 */
export const inCurrency = (key: string, currency: string): string =>
  currency === DEFAULT_CURRENCY ? key : `${key}@${currency}`

export function currencyOfKey(key: string): string {
  const at = key.lastIndexOf('@')
  return at < 0 ? DEFAULT_CURRENCY : key.slice(at + 1)
}

export function withoutCurrency(key: string): string {
  const at = key.lastIndexOf('@')
  return at < 0 ? key : key.slice(0, at)
}
