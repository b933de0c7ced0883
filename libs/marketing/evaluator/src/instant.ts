/** 2026-10-01T12:00:00+08:00 and nothing else. */
const PLAIN_LENGTH = 25
const [PLUS, MINUS] = [43, 45]

let lastDate = ''
let lastMidnightMs = 0

/**
 * Milliseconds of an instant that has passed the contract. A file has few dates: the midnight of the last one is kept, and the rest of the
 * form that nearly all instants have is a few digits; any other form is Date.parse's.
 */
export function instantMs(at: string): number {
  const sign = at.charCodeAt(19)
  if (at.length !== PLAIN_LENGTH || (sign !== PLUS && sign !== MINUS)) return Date.parse(at)
  const date = at.slice(0, 10)
  if (date !== lastDate) {
    lastMidnightMs = Date.parse(date)
    lastDate = date
  }
  const offset = two(at, 20) * 60 + two(at, 23)
  const minutes = two(at, 11) * 60 + two(at, 14) + (sign === MINUS ? offset : -offset)
  return lastMidnightMs + minutes * 60_000 + two(at, 17) * 1000
}

const two = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48
