import { setTimeout as sleep } from 'node:timers/promises'
import { afterProbe, isSlow, restMs, START, type ShareState } from './share'

export interface PaceOptions {
  /** A small question to the PostgreSQL that the rows come from, over a connection of its own. */
  probe: () => Promise<unknown>
  /** However busy PostgreSQL is, a report reads in this share of the time: it ends. */
  least: number
  everyMs?: number
  /** Of one rest. */
  mostRestMs?: number
}

/** Rows that may hold a connection until they are let go of. */
type Source<T> = AsyncIterable<T> & { destroy?: () => void }

const EVERY_MS = 250
/** One slow answer may be our own: Node hashes between two turns of its loop. */
const TRIES = 3
/** A short report rests never: nobody notices it. */
const FREE_MS = 50
/** Timers are no finer. */
const LEAST_REST_MS = 5

/**
 * Reports read in the time that payments leave. Their backend may have the priority of every other one (on another machine); it works only as
 * fast as its rows are taken. A probe says whether others wait, and readers rest after each piece. On an idle machine they soon rest no more.
 */
export class Pace {
  private state: ShareState = START
  private reports = 0
  private over = new AbortController()

  constructor(private readonly options: PaceOptions) {}

  get share(): number {
    return this.reports === 0 ? 1 : Math.max(this.options.least, this.state.share)
  }

  /** Probes while there is work. What it learned of the machine stays. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.reports++ === 0) {
      this.state = { ...START, bestMs: this.state.bestMs }
      this.over = new AbortController()
      this.watch(this.over.signal).catch(() => undefined)
    }
    try {
      return await work()
    } finally {
      if (--this.reports === 0) this.over.abort()
    }
  }

  /** The same rows, with rests between them. A rest ends with the signal. */
  paced<T>(source: Source<T>, signal: AbortSignal): Source<T> {
    return {
      [Symbol.asyncIterator]: () => this.rested(source, signal),
      ...(source.destroy === undefined ? {} : { destroy: () => source.destroy?.() }),
    }
  }

  private async *rested<T>(source: Source<T>, signal: AbortSignal): AsyncGenerator<T, void> {
    let since = performance.now()
    let workedMs = 0
    for await (const piece of source) {
      yield piece
      const workMs = performance.now() - since
      workedMs += workMs
      const owedMs = workedMs < FREE_MS ? 0 : restMs(workMs, this.share, this.options.mostRestMs)
      if (this.share < 1 && owedMs < LEAST_REST_MS) continue
      if (owedMs > 0) await sleep(owedMs, undefined, { signal })
      since = performance.now()
    }
  }

  private async watch(over: AbortSignal): Promise<void> {
    const { everyMs = EVERY_MS } = this.options
    while (!over.aborted) {
      await this.look(over)
      await sleep(everyMs, undefined, { signal: over })
    }
  }

  /** Asks again after a slow answer: only several in a row count as one. */
  private async look(over: AbortSignal): Promise<void> {
    let quickestMs = await this.ask(over)
    for (let n = 1; n < TRIES && isSlow(this.state, quickestMs); n++)
      quickestMs = Math.min(quickestMs, await this.ask(over))
    this.heard(quickestMs)
  }

  /** How long it took. While no answer comes it is slow already; no answer at all is as slow. */
  private async ask(over: AbortSignal): Promise<number> {
    const { probe, everyMs = EVERY_MS } = this.options
    const began = performance.now()
    const answered = new AbortController()
    const answer = probe()
      .then(
        () => performance.now() - began,
        () => Infinity,
      ) // prettier-ignore
      .finally(() => answered.abort())
    const waiting = async () => {
      for (;;) {
        await sleep(everyMs, undefined, { signal: AbortSignal.any([over, answered.signal]) })
        this.heard(performance.now() - began)
      }
    }
    waiting().catch(() => undefined)
    return answer
  }

  private heard(probeMs: number): void {
    this.state = afterProbe(this.state, probeMs, this.options.least)
  }
}
