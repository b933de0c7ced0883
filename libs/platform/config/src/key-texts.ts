import { createHash } from 'node:crypto'
import { z } from 'zod'

/** A key with the name that people know it by, and the date from which it is used; absent: it always was. */
export interface NamedKey {
  id: string
  key: Buffer
  from?: string
}

const NAMED_KEY = /^([A-Za-z0-9][A-Za-z0-9._-]{0,31}):([0-9a-fA-F]{64})(?:@(\d{4}-\d{2}-\d{2}))?$/
const EVER = '1970-01-01'

export function namedKey(text: string): NamedKey | undefined {
  const [, id, hex = '', from] = NAMED_KEY.exec(text) ?? []
  if (id === undefined || (from !== undefined && Number.isNaN(Date.parse(from)))) return undefined
  return { id, key: Buffer.from(hex, 'hex'), ...(from === undefined ? {} : { from }) }
}

/** The id follows from the key, so that every process and every start names it alike, and tells nothing of it. */
export const derivedKeyId = (key: Buffer): string =>
  `k${createHash('sha256').update('lijian key id').update(key).digest('hex').slice(0, 12)}`

export function bareKey(text: string): NamedKey | undefined {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) return undefined
  const key = Buffer.from(text, 'hex')
  return { id: derivedKeyId(key), key, from: EVER }
}

export function keysOf(
  list: string,
  context: z.RefinementCtx,
  read: (text: string) => NamedKey | undefined,
): readonly NamedKey[] {
  const found = list.split(',').map((one) => read(one.trim()))
  const keys = found.filter((one) => one !== undefined)
  const isOnce = [keys.map(({ id }) => id), keys.map(({ key }) => key.toString('hex'))]
  if (keys.length === found.length && isOnce.every((all) => new Set(all).size === found.length)) return keys
  context.addIssue({ code: 'custom', message: 'not a list of keys' })
  return z.NEVER
}

/** How often the first bytes are repeated to make the whole key, at least twice: 1 is a single byte. */
function period(key: Buffer): number | undefined {
  for (let size = 1; size <= key.length / 2; size++)
    if (key.every((byte, i) => i < size || byte === key[i - size])) return size
  return undefined
}

const FEW = 16

/** Why a key is not one that a random generator has made; undefined: it may be. */
export function weakness(key: Buffer): string | undefined {
  const size = period(key)
  if (size === 1) return `repeats one byte`
  if (size !== undefined) return `repeats the same ${size} bytes`
  const step = key[1]! - key[0]!
  if (key.every((byte, i) => i === 0 || ((byte - key[i - 1]! - step) & 0xff) === 0)) return 'is a row of numbers'
  if (key.every((byte) => byte >= 0x20 && byte < 0x7f)) return 'is a text that somebody typed'
  // A generator makes one such key in 10^14.
  const different = new Set(key).size
  if (different < FEW) return `has only ${different} different bytes`
  return undefined
}
