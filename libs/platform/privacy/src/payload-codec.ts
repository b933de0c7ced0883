import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { NO_PLAIN } from '@lijian/contracts/text'
import type { Payload, PayloadCodec } from '@temporalio/common'

/** A key and the instant from which it encrypts. */
export interface DatedKey {
  key: Buffer
  fromMs: number
}

export interface PayloadCodecOptions {
  /**
   * 32 bytes each: the newest whose time has come encrypts, all decrypt, so that a key can be replaced while old histories live. Of keys without a
   * time the first encrypts.
   */
  keys: readonly (Buffer | DatedKey)[]
  now?: () => number
  /** From then on a payload that is not encrypted is none. Absent: it is read as it is. */
  plainUntilMs?: number
  /** Twelve fresh random bytes at each call; a nonce used twice would betray both payloads. */
  nonce: () => Buffer
}

const ENCODING = 'binary/encrypted'
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NOT_SEALED: Payload = {
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(NO_PLAIN)),
}
const bytes = (text: string) => Buffer.from(text, 'utf8')
const text = (data: Uint8Array | null | undefined) => (data ? Buffer.from(data).toString('utf8') : undefined)

/** Says which key a payload needs, and nothing about the key. */
export const payloadKeyId = (key: Buffer): string =>
  createHash('sha256').update('lijian payload key id').update(key).digest('hex').slice(0, 16)

/** Metadata and data in one piece: length of the header (4 bytes), header as JSON with base64 values, data as it is. */
function pack(payload: Payload): Buffer {
  const metadata = Object.entries(payload.metadata ?? {}).map(([name, value]) => [
    name,
    Buffer.from(value).toString('base64'),
  ])
  const header = bytes(JSON.stringify(Object.fromEntries(metadata)))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(header.length)
  return Buffer.concat([length, header, payload.data ?? Buffer.alloc(0)])
}

function unpack(packed: Buffer): Payload {
  const end = 4 + packed.readUInt32BE(0)
  const header = JSON.parse(packed.subarray(4, end).toString('utf8')) as Record<string, string>
  const metadata = Object.entries(header).map(([name, value]) => [name, new Uint8Array(Buffer.from(value, 'base64'))])
  return { metadata: Object.fromEntries(metadata), data: new Uint8Array(packed.subarray(end)) }
}

/**
 * AES-256-GCM over every payload of a history: inputs, results, signals, updates, summaries. Search attributes are never
 * encrypted. A payload that was stored before encryption was switched on is read as it is until `plainUntilMs`; then it becomes `NO_PLAIN`, which every
 * border refuses: an error here would fail the task of the flow, again and again.
 */
export function createPayloadCodec(options: PayloadCodecOptions): PayloadCodec {
  const { nonce, now = () => 0, plainUntilMs = Infinity } = options
  const keys = options.keys.map((one) => ('key' in one ? one : { key: one, fromMs: 0 }))
  if (keys.length === 0) throw new TypeError('a payload codec needs a key')
  const byId = new Map(keys.map(({ key }) => [payloadKeyId(key), key]))
  // Stable: of keys of one time the first stays first. Where no key's time has come the oldest must do.
  const newestFirst = [...keys].sort((a, b) => b.fromMs - a.fromMs)
  const current = () => (newestFirst.find(({ fromMs }) => fromMs <= now()) ?? newestFirst.at(-1)!).key

  const encrypt = (payload: Payload): Payload => {
    const iv = nonce()
    const key = current()
    const keyId = payloadKeyId(key)
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(bytes(keyId))
    const sealed = Buffer.concat([cipher.update(pack(payload)), cipher.final()])
    return {
      metadata: { encoding: bytes(ENCODING), 'encryption-key-id': bytes(keyId) },
      data: Buffer.concat([iv, sealed, cipher.getAuthTag()]),
    }
  }
  const decrypt = (payload: Payload): Payload => {
    if (text(payload.metadata?.['encoding']) !== ENCODING) return now() < plainUntilMs ? payload : NOT_SEALED
    const id = text(payload.metadata?.['encryption-key-id']) ?? ''
    const key = byId.get(id)
    if (!key) throw new Error(`payload was encrypted with key ${id}, which is not configured here`)
    const data = Buffer.from(payload.data ?? [])
    const decipher = createDecipheriv(CIPHER, key, data.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    decipher.setAAD(bytes(id)).setAuthTag(data.subarray(-TAG_BYTES))
    return unpack(Buffer.concat([decipher.update(data.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]))
  }
  return {
    encode: (payloads) => Promise.resolve(payloads.map(encrypt)),
    // As a promise even when it fails: the SDK awaits it.
    decode: async (payloads) => Promise.resolve(payloads.map(decrypt)),
  }
}
