import { createCipheriv, createDecipheriv } from 'node:crypto'

/** A text that is stored encrypted: AES-256-GCM, bound to the place it belongs to, so that it opens nowhere else. */
export interface SealOptions {
  /** 32 bytes. */
  key: Buffer
  /** Where it stands, such as `partner/CCB/payout`. */
  place: string
}

const VERSION = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** `nonce`: twelve fresh random bytes at each call. */
export function sealText(text: string, { key, place }: SealOptions, nonce: Buffer): Buffer {
  if (nonce.length !== NONCE_BYTES) throw new RangeError('a nonce has 12 bytes')
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place, 'utf8'))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from([VERSION]), nonce, sealed, cipher.getAuthTag()])
}

/** Throws when the key or the place is another one, or anything was changed. */
export function openText(sealed: Buffer, { key, place }: SealOptions): string {
  if (sealed[0] !== VERSION) throw new Error('sealed by a release that is newer than this one')
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(place, 'utf8')).setAuthTag(sealed.subarray(-TAG_BYTES))
  const text = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES)), decipher.final()])
  return text.toString('utf8')
}

/** `****1234`: all that is ever shown of an account number. */
export const maskAccount = (number: string): string => `****${number.slice(-4)}`
