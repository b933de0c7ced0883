/** How many rows each page has room for. */
export interface Room {
  first: number
  other: number
  /** What stands below the last row, counted in rows. */
  tail: number
}

/** Rows that go over with the tail when it does not fit: a page of totals alone tells nothing. */
const COMPANY = 3

/** How many rows stand on each page. Every row is as high as the next, so the pages are known before the first row is read. */
export function pageSizes(rows: number, { first, other, tail }: Room): number[] {
  if (other < tail + COMPANY) throw new RangeError(`a page of ${other} rows has no room for a tail of ${tail}`)
  const sizes: number[] = []
  for (let left = rows, room = first; ; room = other) {
    if (left + tail <= room) return [...sizes, left]
    const taken = Math.max(0, left <= room ? left - COMPANY : room)
    sizes.push(taken)
    left -= taken
  }
}
