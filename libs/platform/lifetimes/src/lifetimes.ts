interface Opened {
  what: string
  close: () => unknown
}

/** Inside the 15 s after which whoever sent SIGTERM kills. */
const EACH_MS = 5000
const ALL_MS = 11_000

/** What was opened, in order; it closes in reverse, also after a start that failed half-way. */
export class Lifetimes {
  private readonly opened: Opened[] = []
  private closing?: Promise<void>
  private readonly unfinished = new Set<string>()

  constructor(private readonly limits: { eachMs: number; allMs: number } = { eachMs: EACH_MS, allMs: ALL_MS }) {}

  /** Runs `start`; when it throws, everything that it had opened is closed before the error goes on. */
  static async start<Started>(start: (lifetimes: Lifetimes) => Promise<Started>): Promise<Started> {
    const lifetimes = new Lifetimes()
    try {
      return await start(lifetimes)
    } catch (failure) {
      // The failure is what the caller must hear; what would not close comes beside it.
      await lifetimes.close().catch((stuck: unknown) => {
        throw new AggregateError([failure, stuck], 'a start failed, and not everything that it had opened closed')
      })
      throw failure
    }
  }

  /** Names what is open and says how it closes. Called before anything that may throw. */
  add<Thing>(what: string, opened: Thing, close: (opened: Thing) => unknown): Thing {
    this.opened.push({ what, close: () => close(opened) })
    return opened
  }

  /** What is open, or was told to close and has not ended. */
  get open(): string[] {
    return [...this.opened.map(({ what }) => what), ...this.unfinished]
  }

  /**
   * The last opened first. One that throws does not stop the others, nor one that takes too long: it is passed over. All are told at the end.
   * Afterwards the caller ends the process: what was passed over may still hold it.
   */
  close(): Promise<void> {
    return (this.closing ??= this.closeAll())
  }

  private async closeAll(): Promise<void> {
    const stuck: Error[] = []
    const endAt = performance.now() + this.limits.allMs
    for (let next = this.opened.pop(); next !== undefined; next = this.opened.pop()) {
      const leftMs = Math.max(0, Math.min(this.limits.eachMs, endAt - performance.now()))
      const failed = await this.closeOne(next, leftMs)
      if (failed !== undefined) stuck.push(failed)
    }
    if (stuck.length > 0) throw new AggregateError(stuck, stuck.map(({ message }) => message).join('; '))
  }

  private async closeOne({ what, close }: Opened, withinMs: number): Promise<Error | undefined> {
    this.unfinished.add(what)
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<Error>((resolve) => {
      timer = setTimeout(() => resolve(new Error(`${what} did not close within ${Math.round(withinMs)} ms`)), withinMs)
    })
    const closed = (async () => close())().then(
      () => undefined,
      (error: unknown) => new Error(`${what} did not close`, { cause: error }),
    )
    void closed.then(() => this.unfinished.delete(what))
    const failed = await Promise.race([closed, late])
    clearTimeout(timer)
    return failed
  }
}
