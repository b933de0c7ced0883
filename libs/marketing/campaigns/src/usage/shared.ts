/** What many ask at once is reckoned once, and stays for a while: consoles ask every few seconds. */
export class Shared<Value> {
  private readonly kept = new Map<string, { atMs: number; value: Promise<Value> }>()

  constructor(
    private readonly keepMs: number,
    private readonly nowMs: () => number,
    private readonly most = 500,
  ) {}

  of(key: string, make: () => Promise<Value>): Promise<Value> {
    const nowMs = this.nowMs()
    const found = this.kept.get(key)
    if (found !== undefined && nowMs - found.atMs < this.keepMs) return found.value
    const value = make()
    const entry = { atMs: nowMs, value }
    this.kept.delete(key)
    this.kept.set(key, entry)
    // A failure is told to those who wait for it, and to nobody after them.
    value.catch(() => {
      if (this.kept.get(key) === entry) this.kept.delete(key)
    })
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) break
      this.kept.delete(oldest)
    }
    return value
  }
}
