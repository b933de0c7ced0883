const FIRST_PLACES = 1 << 10

/**
 * Ids by number: each new one gets the next place. In a few pieces of memory, about 30 bytes an id, which a garbage collector never walks; a Map of a
 * million texts takes 100 MB and a walk over all of them.
 */
export class IdTable {
  /** Place + 1 of what hashes there; 0: free. */
  private slots = new Int32Array(2 * FIRST_PLACES)
  /** Where each id begins in `bytes`; the end of the last one beside it. */
  private starts = new Uint32Array(FIRST_PLACES + 1)
  private bytes = new Uint8Array(16 * FIRST_PLACES)
  private used = 0

  get size(): number {
    return this.used
  }

  /** -1: it is not there. */
  find(id: string): number {
    const { slots } = this
    const mask = slots.length - 1
    for (let at = hashOf(id) & mask; ; at = (at + 1) & mask) {
      const place = slots[at]! - 1
      if (place < 0 || this.isAt(place, id)) return place
    }
  }

  /** Throws a RangeError for an id that is not of one byte a character: codes are. */
  add(id: string): number {
    const found = this.find(id)
    if (found >= 0) return found
    const place = this.used
    if (place + 1 === this.starts.length) this.grow()
    const start = this.starts[place]!
    while (start + id.length > this.bytes.length) this.bytes = larger(this.bytes, new Uint8Array(2 * this.bytes.length))
    for (let i = 0; i < id.length; i++) {
      const byte = id.charCodeAt(i)
      if (byte > 0xff) throw new RangeError('an id is of one byte a character')
      this.bytes[start + i] = byte
    }
    this.starts[place + 1] = start + id.length
    this.used++
    this.put(place, hashOf(id))
    return place
  }

  private isAt(place: number, id: string): boolean {
    const start = this.starts[place]!
    if (this.starts[place + 1]! - start !== id.length) return false
    for (let i = 0; i < id.length; i++) if (this.bytes[start + i] !== id.charCodeAt(i)) return false
    return true
  }

  private put(place: number, hash: number): void {
    const mask = this.slots.length - 1
    let at = hash & mask
    while (this.slots[at] !== 0) at = (at + 1) & mask
    this.slots[at] = place + 1
  }

  private grow(): void {
    this.starts = larger(this.starts, new Uint32Array(2 * (this.starts.length - 1) + 1))
    this.slots = new Int32Array(2 * this.slots.length)
    for (let place = 0; place < this.used; place++)
      this.put(place, hashOfBytes(this.bytes, this.starts[place]!, this.starts[place + 1]!))
  }
}

function larger<T extends Uint8Array | Uint32Array>(old: T, next: T): T {
  next.set(old)
  return next
}

/** FNV-1a, its bits mixed once more: ids that count upwards fall far apart. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193)
  return mixed(hash)
}

function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return mixed(hash)
}

function mixed(hash: number): number {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (half ^ (half >>> 13)) >>> 0
}
