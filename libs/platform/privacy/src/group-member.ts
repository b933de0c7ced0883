import { passesLuhn } from './luhn'
import { cardToken, customerToken } from './tokens'

/** The token of a card number in a group; what is a token already stays. Undefined: a number that fails the Luhn check. */
export function groupCard(key: Buffer, value: string): string | undefined {
  if (!/^[0-9]{12,19}$/.test(value)) return value
  return passesLuhn(value) ? cardToken(key, value) : undefined
}

/** The token of a customer in a group; what is a customer's token already (a Temporal client makes them itself) stays. */
export const groupCustomer = (key: Buffer, value: string): string =>
  /^cu_[A-Za-z0-9_-]{43}$/.test(value) ? value : customerToken(key, value)
