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
}

/** The digits of a BIN that may be kept beside the last four (PCI DSS 3.4: eight of sixteen and more, else six). */
const binLength = (panLength: number): number => (panLength >= 16 ? 8 : 6)

const DIGITS_MAX = 12

/** The card number goes in, its token comes out; the caller has checked that it passes Luhn. */
export function edgeCard(key: Buffer, pan: string): TokenCard {
  return {
    token: cardToken(key, pan),
    bin: pan.slice(0, binLength(pan.length)),
    last4: pan.slice(-4),
    digits: pan.slice(0, DIGITS_MAX),
    length: pan.length,
  }
}
