/** A machine that is busy with other suites starts a process in half a minute. */
const PATIENCE_MS = 60_000

/** What `look` finds, as soon as it finds something. Throws after a minute. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; ;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error(`did not happen within a minute: ${look.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
