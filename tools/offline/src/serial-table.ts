const START = 1 << 16
const FULL = 0.6

/**
 * Serial → (hash of its body, place in a file) in flat arrays. A serial is known by 64 bits of a hash: among ten million, two would be taken for
 * one with a probability of 1 in 370,000.
 */
export class SerialTable {
  private low = new Uint32Array(START)
  private high = new Uint32Array(START)
  private bodies = new Float64Array(START)
  private places = new Float64Array(START)
  private used = 0

  get(serial: string): { body: number; place: number } | undefined {
    const slot = this.slotOf(hash(serial, 0x811c9dc5), hash(serial, 0x9747b28c))
    return this.low[slot] === 0 ? undefined : { body: this.bodies[slot]!, place: this.places[slot]! }
  }

  set(serial: string, body: number, place: number): void {
    if (this.used > this.low.length * FULL) this.grow()
    const [low, high] = [hash(serial, 0x811c9dc5), hash(serial, 0x9747b28c)]
    const slot = this.slotOf(low, high)
    if (this.low[slot] === 0) this.used += 1
    this.low[slot] = low
    this.high[slot] = high
    this.bodies[slot] = body
    this.places[slot] = place
  }

  private slotOf(low: number, high: number): number {
    const mask = this.low.length - 1
    let slot = (low ^ (high >>> 7)) & mask
    while (this.low[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high)) slot = (slot + 1) & mask
    return slot
  }

  private grow(): void {
    const { low, high, bodies, places } = this
    const size = low.length * 2
    this.low = new Uint32Array(size)
    this.high = new Uint32Array(size)
    this.bodies = new Float64Array(size)
    this.places = new Float64Array(size)
    for (let i = 0; i < low.length; i++) {
      if (low[i] === 0) continue
      const slot = this.slotOf(low[i]!, high[i]!)
      this.low[slot] = low[i]!
      this.high[slot] = high[i]!
      this.bodies[slot] = bodies[i]!
      this.places[slot] = places[i]!
    }
  }
}

/** FNV-1a with a final mix; never 0, which means an empty slot. */
function hash(text: string, seed: number): number {
  let value = seed
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0 || 1
}
