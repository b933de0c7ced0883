const MINUTES = 1440
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** A byte per minute of the day. Start inclusive, end exclusive; a range that ends before it starts passes midnight. */
function hoursOf(ranges: readonly (readonly [string, string])[]): Uint8Array {
  const open = new Uint8Array(MINUTES)
  for (const [start, end] of ranges) {
    const [from, to] = [minuteOf(start), minuteOf(end)]
    for (let minute = from; minute < (to > from ? to : to + MINUTES); minute++) open[minute % MINUTES] = 1
  }
  return open
}

/** Hours of one document, each different one once: its MIDs share a handful, and what is shared is compared and joined once. */
export class HoursBook {
  private readonly known = new Map<string, Uint8Array>()

  of(ranges: readonly (readonly [string, string])[]): Uint8Array {
    const key = ranges.join(' ')
    let hours = this.known.get(key)
    if (hours === undefined) this.known.set(key, (hours = hoursOf(ranges)))
    return hours
  }
}

const JOINED = new WeakMap<Uint8Array, WeakMap<Uint8Array, Uint8Array>>()

/** Open in both; undefined: always. The same two give the same object again. */
export function within(a: Uint8Array | undefined, b: Uint8Array | undefined): Uint8Array | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b
  let joined = JOINED.get(a)
  if (joined === undefined) JOINED.set(a, (joined = new WeakMap()))
  let both = joined.get(b)
  if (both === undefined) {
    both = a.map((open, minute) => open & b[minute]!)
    joined.set(b, both)
  }
  return both
}
