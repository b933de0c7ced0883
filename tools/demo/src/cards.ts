import { createHash } from 'node:crypto'

const BIN_DIGITS = 8

/**
 * The card of one run: the same bank and type (first eight digits), an account of its own, a right check digit. All invented. The same
 * number in gives the same number out, so a card that pays twice still pays twice.
 */
export function cardOfRun(pan: string, run: string): string {
  const digest = createHash('sha256').update(`${run}/${pan}`).digest()
  const account = [...digest].map((byte) => byte % 10).join('')
  const body = pan.slice(0, BIN_DIGITS) + account.slice(0, pan.length - BIN_DIGITS - 1)
  return body + checkDigit(body)
}

/** ISO/IEC 7812-1, annex B. */
function checkDigit(body: string): string {
  let sum = 0
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i])
    sum += i % 2 === 0 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit
  }
  return String((10 - (sum % 10)) % 10)
}
