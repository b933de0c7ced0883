/** Names of the time-zone database only: "+08:00", which some versions of Node take, is not the zone of anybody's campaign. */
export function isTimeZone(name: string): boolean {
  if (known.has(name)) return true
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name }).format(0)
    if (known.size < 1000) known.add(name)
    return true
  } catch {
    return false
  }
}

/** Names found before: to ask costs some 30 µs, and nearly every document names the same zone. Letter case makes them many, so only so many. */
const known = new Set<string>()
