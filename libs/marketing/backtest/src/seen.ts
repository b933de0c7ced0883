const START = 1 << 12
const FULL = 0.6

/**
 * Text → a few numbers, in flat arrays: 17 bytes a slot, at most 0.6 of them taken. A text is known by 64 bits of a hash: among ten million, two
 * would be taken for one with a probability of 1 in 370,000. The text itself (a card, a serial) is not kept.
 */
export class Seen {
  private low = new Uint32Array(START)
  private high = new Uint32Array(START)
  /** Free for the caller: bits, and where it came first. */
  bits = new Uint8Array(START)
  merchants = new Uint32Array(START)
  days = new Int32Array(START)
  size = 0

  /** The slot of a text, valid until the next `put`; -1: it was never put in. */
  find(text: string): number {
    const [low, high] = hash(text)
    const slot = this.slotOf(low, high)
    return this.isFree(slot) ? -1 : slot
  }

  /** The slot of a text, which is put in when it is not there: `size` tells. */
  put(text: string): number {
    if (this.size >= this.low.length * FULL) this.grow()
    const [low, high] = hash(text)
    const slot = this.slotOf(low, high)
    if (this.isFree(slot)) {
      this.size += 1
      this.low[slot] = low
      this.high[slot] = high
    }
    return slot
  }

  private isFree(slot: number): boolean {
    return this.low[slot] === 0
  }

  private slotOf(low: number, high: number): number {
    const mask = this.low.length - 1
    let slot = (low ^ (high >>> 7)) & mask
    while (this.low[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const { low, high, bits, merchants, days } = this
    const size = low.length * 2
    this.low = new Uint32Array(size)
    this.high = new Uint32Array(size)
    this.bits = new Uint8Array(size)
    this.merchants = new Uint32Array(size)
    this.days = new Int32Array(size)
    for (let i = 0; i < low.length; i++) {
      if (low[i] === 0) continue
      const slot = this.slotOf(low[i]!, high[i]!)
      this.low[slot] = low[i]!
      this.high[slot] = high[i]!
      this.bits[slot] = bits[i]!
      this.merchants[slot] = merchants[i]!
      this.days[slot] = days[i]!
    }
  }
}

/** Two multiplications that mix into each other at the end (cyrb53's scheme); the first is never 0, which means a free slot. */
function hash(text: string): [number, number] {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2_654_435_761)
    b = Math.imul(b ^ unit, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return [a >>> 0 || 1, b >>> 0]
}
