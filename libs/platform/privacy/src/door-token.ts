import { createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from './decision-proof'

/** What a transaction system asks by an update in Temporal. */
export interface DoorCall {
  /** Such as `query`, `confirm`, `reversal`. */
  ask: string
  client: string
  serial: string
  argument: unknown
}

/** Who says to have asked, and when. */
export interface DoorToken {
  keyId: string
  atMs: number
  mac: string
}

const VERSION = 'dt1'
const FORM = /^dt1\.([A-Za-z0-9]{1,64})\.(\d{1,15})\.([\w-]{43})$/

// The key never travels: both sides know its SHA-256, which is what is stored of it.
const macOf = (keyHash: string, atMs: number, call: DoorCall): string => {
  const { ask, client, serial, argument } = call
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(keyHash, 'hex'), '', 'lijian temporal door', 32))
  const text = canonicalJson([VERSION, atMs, ask, client, serial, argument])
  return createHmac('sha256', key).update(text).digest('base64url')
}

/** By the transaction system, with its API key. A history that holds it tells nothing with which another payment could be asked. */
export function signDoorCall(apiKey: string, call: DoorCall, atMs: number): string {
  const [, keyId] = /^lj_([a-z0-9]+)_/.exec(apiKey) ?? []
  if (keyId === undefined) throw new TypeError('apiKey: expected an API key of Lijian, which begins with lj_')
  return [VERSION, keyId, atMs, macOf(hash('sha256', apiKey, 'hex'), atMs, call)].join('.')
}

export function readDoorToken(token: unknown): DoorToken | undefined {
  const [, keyId, at, mac] = (typeof token === 'string' && FORM.exec(token)) || []
  return keyId === undefined ? undefined : { keyId, atMs: Number(at), mac: mac! }
}

/** Whether the key of this SHA-256 has signed exactly this call. */
export function isDoorCall(keyHash: string, call: DoorCall, { atMs, mac }: DoorToken): boolean {
  return timingSafeEqual(Buffer.from(macOf(keyHash, atMs, call)), Buffer.from(mac))
}
