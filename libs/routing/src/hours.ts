const MINUTES = 1440
const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** A byte per minute of the day. Start inclusive, end exclusive; a range that ends before it starts passes midnight. */
export function hoursOf(ranges: readonly (readonly [string, string])[]): Uint8Array {
  const open = new Uint8Array(MINUTES)
  for (const [start, end] of ranges) {
    const [from, to] = [minuteOf(start), minuteOf(end)]
    for (let minute = from; minute < (to > from ? to : to + MINUTES); minute++) open[minute % MINUTES] = 1
  }
  return open
}

/** Open in both; undefined: always. */
export function within(a: Uint8Array | undefined, b: Uint8Array | undefined): Uint8Array | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return a.map((open, minute) => open & b[minute]!)
}
