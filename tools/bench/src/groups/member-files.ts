import { cardToken, passesLuhn } from '@lijian/privacy'
import { TokenSet } from '@lijian/rules'
import { TOKEN_KEY } from '../parts/environment'

const PREFIX = '622848'

/** The n-th card number of 16 digits: the digit that makes it pass is the last. */
function cardNumber(n: number): string {
  const body = PREFIX + String(n).padStart(9, '0')
  for (let digit = 0; ; digit++) if (passesLuhn(body + digit)) return body + digit
}

/** Card numbers from `from` on, one a line, as a sender would write them. */
export function cardFile(from: number, count: number): Buffer {
  const file = Buffer.allocUnsafe(count * (PREFIX.length + 11))
  let used = 0
  for (let n = from; n < from + count; n++) used += file.write(`${cardNumber(n)}\n`, used, 'latin1')
  return file.subarray(0, used)
}

export function customerFile(from: number, count: number): Buffer {
  return Buffer.from(`${Array.from({ length: count }, (_, n) => `customer-${from + n}`).join('\n')}\n`)
}

/** What a set of so many tokens keeps, and how long asking it takes: half of those asked for are in it. */
export function setFigures(members: number): { bytesPerMember: number; buildMs: number; hasUs: number } {
  const key = TOKEN_KEY
  const tokens = Array.from({ length: members }, (_, n) => cardToken(key, cardNumber(n)))
  const begun = performance.now()
  const set = TokenSet.of(tokens)
  const buildMs = performance.now() - begun
  const asked = Array.from({ length: 100_000 }, (_, n) =>
    n % 2 === 0 ? tokens[(n * 7) % members]! : `cd_${'x'.repeat(38)}${10_000 + (n % 80_000)}`,
  )
  let found = 0
  for (const token of asked) if (set.has(token)) found++
  const askedAt = performance.now()
  for (const token of asked) if (set.has(token)) found++
  const hasUs = ((performance.now() - askedAt) * 1_000) / asked.length
  if (found !== asked.length) throw new Error(`the set has ${found / 2} of ${asked.length / 2} members`)
  return { bytesPerMember: set.byteLength / set.size, buildMs, hasUs }
}
