const START = 1 << 16
const FULL = 0.6
/** Two words of a hash, two of a place. */
const WORDS = 4
const WORD = 2 ** 32

/**
 * Serial → place in a file, in one flat array: 16 bytes a slot, at most 0.6 of them taken. A serial is known by 64 bits of a hash: among ten
 * million, two would be taken for one with a probability of 1 in 370,000.
 */
export class SerialTable {
  private slots = new Uint32Array(START * WORDS)
  private used = 0
  /** The serial that was asked for last is mostly the one that is set next. */
  private last = ''
  private low = 0
  private high = 0

  /** 0: it was never set. */
  get(serial: string): number {
    this.hash(serial)
    const at = this.slotOf(this.low, this.high)
    return this.slots[at + 2]! + this.slots[at + 3]! * WORD
  }

  /** `place` is not 0. */
  set(serial: string, place: number): void {
    if ((this.used * WORDS) / this.slots.length > FULL) this.grow()
    this.hash(serial)
    this.put(this.low, this.high, place % WORD, Math.floor(place / WORD))
  }

  /** FNV-1a from two beginnings, in one walk. */
  private hash(serial: string): void {
    if (serial === this.last) return
    let [low, high] = [0x811c9dc5, 0x9747b28c]
    for (let i = 0; i < serial.length; i++) {
      const unit = serial.charCodeAt(i)
      low = Math.imul(low ^ unit, 0x01000193)
      high = Math.imul(high ^ unit, 0x01000193)
    }
    this.low = mixed(low)
    this.high = mixed(high)
    this.last = serial
  }

  private put(low: number, high: number, placeLow: number, placeHigh: number): void {
    const at = this.slotOf(low, high)
    if (this.slots[at] === 0) this.used += 1
    this.slots[at] = low
    this.slots[at + 1] = high
    this.slots[at + 2] = placeLow
    this.slots[at + 3] = placeHigh
  }

  private slotOf(low: number, high: number): number {
    const { slots } = this
    const last = slots.length - WORDS
    let at = ((low ^ (high >>> 7)) * WORDS) & last
    while (slots[at] !== 0 && (slots[at] !== low || slots[at + 1] !== high)) at = (at + WORDS) & last
    return at
  }

  private grow(): void {
    const old = this.slots
    this.slots = new Uint32Array(old.length * 2)
    this.used = 0
    for (let at = 0; at < old.length; at += WORDS)
      if (old[at] !== 0) this.put(old[at]!, old[at + 1]!, old[at + 2]!, old[at + 3]!)
  }
}

/** One of FNV-1a's words at its end; never 0, which means an empty slot. */
function mixed(word: number): number {
  let value = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0 || 1
}
