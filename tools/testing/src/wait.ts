/** What `look` finds, as soon as it finds something. Throws after 20 s. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + 20_000; ;) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > end) throw new Error('did not happen within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
