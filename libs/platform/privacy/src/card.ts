import { cardToken } from './tokens'

/** What remains of a card number after the edge. */
export interface TokenCard {
  token: string
  bin?: string
  last4?: string
  /** Leading digits, for matching BIN groups: in memory only, never stored, logged or sent on. */
  digits?: string
  /** How many digits the number has, where it was seen. */
  length?: number
  /** Its tokens under earlier keys, the last of them first: what they count goes on. */
  earlier?: readonly string[]
}

/** From so many digits on eight of them may be kept beside the last four (PCI DSS 3.4). */
export const LENGTH_OF_EIGHT = 16
/** The digits of a BIN that may be kept; unknown: as of the shortest cards. */
export const binLength = (panLength = 0): number => (panLength >= LENGTH_OF_EIGHT ? 8 : 6)
export const isOurs = (token: string): boolean => /^cd_[A-Za-z0-9_-]{43}$/.test(token)

const DIGITS_MAX = 12

/** The card number goes in, its token comes out; the caller has checked that it passes Luhn. */
export function edgeCard(key: Buffer, pan: string, earlierKeys: readonly Buffer[] = []): TokenCard {
  return {
    token: cardToken(key, pan),
    ...(earlierKeys.length > 0 && { earlier: earlierKeys.map((one) => cardToken(one, pan)) }),
    bin: pan.slice(0, binLength(pan.length)),
    last4: pan.slice(-4),
    digits: pan.slice(0, DIGITS_MAX),
    length: pan.length,
  }
}
