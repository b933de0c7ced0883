/**
 * The draw of a route: a 32-bit hash keyed by the installation's draw key over `client/serial`, and from it a place for every MID and
 * pool that depends on nothing else. The same payment meets the same order again, also with a longer `exclude`, in every process and offline.
 * Not a secret: FNV-1a with the finaliser of MurmurHash3, good enough to spread payments evenly (the test counts).
 */
export function paymentSeed(drawKey: Buffer, client: string, serial: string): number {
  let hash = drawKey.length >= 4 ? drawKey.readUInt32BE(0) : 0
  for (let i = 0; i < client.length; i++) hash = Math.imul(hash ^ client.charCodeAt(i), 0x01000193)
  hash = Math.imul(hash ^ 47, 0x01000193)
  for (let i = 0; i < serial.length; i++) hash = Math.imul(hash ^ serial.charCodeAt(i), 0x01000193)
  return mix(hash)
}

export function codeHash(code: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < code.length; i++) hash = Math.imul(hash ^ code.charCodeAt(i), 0x01000193)
  return mix(hash)
}

/** Place in a random order, 0 … 2^32 − 1. */
export const placeOf = (seed: number, hash: number): number => mix(seed ^ hash)

/** 1 payment in 20 probes a pool that is out. */
export const PROBE_EVERY = 20
export const isProbe = (seed: number, poolHash: number): boolean => mix(seed ^ ~poolHash) % PROBE_EVERY === 0

/** fmix32 of MurmurHash3 (Austin Appleby, public domain). */
function mix(hash: number): number {
  const a = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return (b ^ (b >>> 16)) >>> 0
}
