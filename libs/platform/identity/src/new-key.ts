import { createHash, randomBytes, randomInt } from 'node:crypto'

/** What is stored of a key: 32 random bytes need no salt and no slow hash: they cannot be tried out. */
export const apiKeyHash = (key: string): string => createHash('sha256').update(key).digest('hex')

const ID_LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
export const randomId = (length: number): string =>
  Array.from({ length }, () => ID_LETTERS[randomInt(ID_LETTERS.length)]).join('')

export function newKey(): { id: string; key: string; hash: string } {
  const id = randomId(12)
  const key = `lj_${id}_${randomBytes(32).toString('base64url')}`
  return { id, key, hash: apiKeyHash(key) }
}
