import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { KeyList, NamedKey } from './key-list'

/**
 * A text that is stored encrypted: AES-256-GCM, bound to the place it belongs to and to the name of its key, so that it opens nowhere else.
 *
 *     2 | length of the key's id | id | nonce (12) | sealed | tag (16)
 *     1 | nonce (12) | sealed | tag (16)          of releases that had one key
 */
const VERSION = 2
const WITHOUT_ID = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** No key of the list has sealed this text. */
export class UnknownKey extends Error {
  constructor(readonly id: string | undefined) {
    super(
      id === undefined
        ? 'sealed with a key that is not in LIJIAN_ACCOUNT_KEY, or for another place, or changed'
        : `sealed with key ${JSON.stringify(id)}, which is not in LIJIAN_ACCOUNT_KEY: add it there, it may be taken out after \`./lijian keys rotate\``,
    )
    this.name = 'UnknownKey'
  }
}

const textOf = (sealed: Buffer, key: Buffer, aad: string, from: number): string => {
  const nonce = sealed.subarray(from, from + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(aad, 'utf8')).setAuthTag(sealed.subarray(-TAG_BYTES))
  const text = Buffer.concat([decipher.update(sealed.subarray(from + NONCE_BYTES, -TAG_BYTES)), decipher.final()])
  return text.toString('utf8')
}

/** Id of the key; undefined: sealed by a release whose texts name none. Throws when it is no sealed text of ours. */
export function sealedWith(sealed: Buffer): string | undefined {
  if (sealed[0] === WITHOUT_ID) return undefined
  if (sealed[0] !== VERSION) throw new Error('sealed by a release that is newer than this one')
  const id = sealed.subarray(2, 2 + sealed[1]!)
  if (id.length === 0 || sealed.length < 2 + id.length + NONCE_BYTES + TAG_BYTES) throw new Error('no sealed text')
  return id.toString('latin1')
}

const bound = (id: string, place: string) => `${id}\0${place}`

export class Sealer {
  constructor(
    readonly keys: KeyList,
    /** Twelve fresh random bytes at each call. */
    private readonly nonce: () => Buffer,
  ) {}

  /** `place`: where it stands, such as `partner/CCB/payout`. */
  seal(text: string, place: string): Buffer {
    const { id, key } = this.keys.current
    const nonce = this.nonce()
    if (nonce.length !== NONCE_BYTES) throw new RangeError('a nonce has 12 bytes')
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound(id, place), 'utf8'))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    const name = Buffer.from(id, 'latin1')
    return Buffer.concat([Buffer.from([VERSION, name.length]), name, nonce, sealed, cipher.getAuthTag()])
  }

  /** Throws when no key fits, the place is another one, or anything was changed. */
  open(sealed: Buffer, place: string): string {
    const id = sealedWith(sealed)
    if (id === undefined) return this.openWithoutId(sealed, place)
    const named = this.keys.find(id)
    if (named === undefined) throw new UnknownKey(id)
    return textOf(sealed, named.key, bound(id, place), 2 + Buffer.byteLength(id, 'latin1'))
  }

  /** Whether it is sealed with the current key. */
  isCurrent(sealed: Buffer): boolean {
    return sealedWith(sealed) === this.keys.current.id
  }

  // Its tag tells which of the keys it was: the wrong ones do not open it.
  private openWithoutId(sealed: Buffer, place: string): string {
    for (const { key } of this.keys.keys) {
      const text = attempt(() => textOf(sealed, key, place, 1))
      if (text !== undefined) return text
    }
    throw new UnknownKey(undefined)
  }
}

function attempt(open: () => string): string | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}

/** One key, for who has no list. */
export const onlyKey = (key: Buffer, id = 'only'): NamedKey[] => [{ id, key }]

/** `****1234`: all that is ever shown of an account number. */
export const maskAccount = (number: string): string => `****${number.slice(-4)}`
