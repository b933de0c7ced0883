export interface Refused<T> {
  item: T
  error: unknown
}

/**
 * Writes `items` together; when that fails because of one of them, in halves, until the guilty ones are alone. Returns those: what they hold is never
 * written. `write` writes all it is given or nothing. Throws what is `notTheirs`, at once: then some may have been written already.
 */
export async function writeParted<T>(
  items: readonly T[],
  write: (items: readonly T[]) => Promise<void>,
  notTheirs: (error: unknown) => boolean,
): Promise<Refused<T>[]> {
  try {
    await write(items)
    return []
  } catch (error) {
    if (notTheirs(error)) throw error
    if (items.length === 1) return [{ item: items[0]!, error }]
  }
  const half = items.length >> 1
  const refused = await writeParted(items.slice(0, half), write, notTheirs)
  return [...refused, ...(await writeParted(items.slice(half), write, notTheirs))]
}
