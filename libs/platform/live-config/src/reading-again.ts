export interface ReadingOptions {
  /** Reads what has changed. `isCurrent()` turns false when it took too long: what it found is then older than what another reading found. */
  read: (isCurrent: () => boolean) => Promise<void>
  everyMs: number
  /** A reading that takes longer is given up, and the next begins beside it: one lost answer never ends the reading for good. */
  limitMs: number
  onError?: ((error: unknown) => void) | undefined
}

interface Flight {
  done: Promise<void>
  next?: Promise<void>
}

/** Reads something again and again, one reading at a time, and knows how old what it has is. */
export class ReadingAgain {
  private flight: Flight | undefined
  private timer: NodeJS.Timeout | undefined
  private freshAtMs = -Infinity

  constructor(private readonly options: ReadingOptions) {}

  /** Since the beginning of the last reading that came to its end; Infinity before the first. By a clock that nobody sets. */
  get ageMs(): number {
    return performance.now() - this.freshAtMs
  }

  /** Reads for the first time, then again and again. The first may take as long as it takes. */
  async start(): Promise<void> {
    await this.begin(undefined).done
    this.timer = setInterval(() => {
      if (this.flight === undefined)
        this.begin(this.options.limitMs).done.catch((error: unknown) => this.options.onError?.(error))
    }, this.options.everyMs)
    this.timer.unref()
  }

  /** After it returns, what was committed before the call is read. Rejects when PostgreSQL is away. */
  refresh(): Promise<void> {
    const { flight } = this
    if (flight === undefined) return this.begin(this.options.limitMs).done
    // That one may have looked before the commit; all who come meanwhile share the next.
    return (flight.next ??= flight.done.catch(() => undefined).then(() => this.refresh()))
  }

  /** Begins no more; waits for the one under way, as long as a reading may take. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.flight?.done.catch(() => undefined)
  }

  private begin(limitMs: number | undefined): Flight {
    const begunAtMs = performance.now()
    const isCurrent = () => this.flight === flight
    const end = () => {
      if (isCurrent()) this.flight = undefined
    }
    const read = async () => {
      await withinMs(limitMs, this.options.read(isCurrent))
      this.freshAtMs = begunAtMs
    }
    const flight: Flight = { done: Promise.resolve() }
    this.flight = flight
    flight.done = read().finally(end)
    return flight
  }
}

async function withinMs<T>(limitMs: number | undefined, work: Promise<T>): Promise<T> {
  if (limitMs === undefined) return work
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Query read timeout: not read within ${limitMs} ms`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
