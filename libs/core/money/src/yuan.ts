import { DEFAULT_CURRENCY, decimalsOf } from '@lijian/contracts/money'

/**
 * An amount in minor units as people write it, made of its digits: 1500 CNY is `15.00`, 1500 JPY `1500`, 1500 KWD `1.500`, −50 CNY `-0.50`. Throws
 * on what is no whole safe number.
 */
export function moneyText(amountFen: number, currency: string): string {
  if (!Number.isSafeInteger(amountFen)) throw new RangeError(`${amountFen} is not a whole amount in fen`)
  const decimals = decimalsOf(currency)
  const sign = amountFen < 0 ? '-' : ''
  const digits = String(Math.abs(amountFen)).padStart(decimals + 1, '0')
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** The same with thousands apart, as people read them: 1234567 CNY is `12,345.67`. */
export function moneyTextGrouped(amountFen: number, currency: string): string {
  const [whole, part] = moneyText(amountFen, currency).split('.')
  const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',')
  return part === undefined ? grouped : `${grouped}.${part}`
}

/** With its currency, which CNY does without: `15.00`, `1500 JPY`. */
export const moneyTextNamed = (amountFen: number, currency: string = DEFAULT_CURRENCY): string =>
  `${moneyText(amountFen, currency)}${currency === DEFAULT_CURRENCY ? '' : ` ${currency}`}`

/** Of what is always in yuan: routing, and what names no currency. */
export const yuanText = (amountFen: number): string => moneyText(amountFen, 'CNY')
export const yuanTextGrouped = (amountFen: number): string => moneyTextGrouped(amountFen, 'CNY')
