/** A machine that is busy with other suites starts a process in half a minute. */
const PATIENCE_MS = 60_000

type Found<T> = T | undefined | null | false

/** What `look` finds, as soon as it finds something. Throws after a minute, or `withinMs`: for what works at the lowest priority. */
export async function until<T>(look: () => Found<T> | Promise<Found<T>>, withinMs = PATIENCE_MS): Promise<T> {
  for (const end = Date.now() + withinMs; ;) {
    const found = await look()
    if (found !== undefined && found !== null && found !== false) return found
    if (Date.now() > end) throw new Error(`did not happen within ${withinMs / 1000} s: ${look.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
