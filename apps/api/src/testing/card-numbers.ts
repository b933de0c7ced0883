import { passesLuhn } from '@lijian/privacy'

/** The n-th card number of 16 digits under this prefix. */
export function cardNumber(n: number, prefix = '622202'): string {
  const body = prefix + String(n).padStart(15 - prefix.length, '0')
  for (let digit = 0; ; digit++) if (passesLuhn(body + digit)) return body + digit
}

export const cardNumbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => cardNumber(from + i))
