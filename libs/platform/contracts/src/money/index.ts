export { CURRENCY_DECIMALS, decimalsOf, DEFAULT_CURRENCY } from './currencies'
export { currencyOfKey, inCurrency, withoutCurrency } from './keys'
