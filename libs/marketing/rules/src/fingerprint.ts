import { hash } from 'node:crypto'

/** Four 32-bit words, most significant first. */
export const WORDS = 4
export const FINGERPRINT_BYTES = 16

let lastToken = ''
const lastWords = new Uint32Array(WORDS)

/**
 * The first 128 bits of a token's SHA-256. Of n members, a token that is none of them has one of their fingerprints with a chance of
 * n / 2^128 (3 in 10^33 for a million), and a search for one takes 2^128 tries. The words are overwritten by the next call;
 * the last token is remembered, for a payment asks several groups about the same one.
 */
export function fingerprint(token: string): Uint32Array {
  if (token !== lastToken || token === '') {
    const digest = hash('sha256', token, 'binary')
    for (let word = 0; word < WORDS; word++)
      lastWords[word] =
        (digest.charCodeAt(4 * word) << 24) |
        (digest.charCodeAt(4 * word + 1) << 16) |
        (digest.charCodeAt(4 * word + 2) << 8) |
        digest.charCodeAt(4 * word + 3)
    lastToken = token
  }
  return lastWords
}

/** Below 0, 0 or above 0, like any comparison: word `i` and the three after it in `a`, against `j` in `b`. */
export function compareAt(a: Uint32Array, i: number, b: Uint32Array, j: number): number {
  for (let word = 0; word < WORDS; word++) {
    const left = a[i + word]!
    const right = b[j + word]!
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}
