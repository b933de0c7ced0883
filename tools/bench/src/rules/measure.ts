import { PerformanceObserver } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { Histogram } from '../report/histogram'
import type { BenchPayment, Engine } from './engine'

export interface Figures {
  rounds: number
  medianUs: number
  p99Us: number
  /** Of JavaScript's heap; what native code takes does not show. */
  bytes: number
  /** The collector came in between: it was more than that. */
  bytesAtLeast: boolean
}

export interface Effort {
  warmupMs: number
  measureMs: number
  mostRounds: number
}

const LEAST_ROUNDS = 20
/** Well below the young generation that the process is started with: nothing is collected while bytes are counted. */
const COUNTED_BYTES = 100 * 2 ** 20
const MOST_COUNTED = 10_000
/** Node tells of a collection some turns of the loop after it. */
const TOLD_WITHIN_MS = 50

/** Rounds are as many as fit into the time, so that the slow are measured too; the figures say how many. */
export async function measure(engine: Engine, pool: readonly BenchPayment[], effort: Effort): Promise<Figures> {
  let n = 0
  const next = () => engine.input(pool[n % pool.length]!, n++)
  const warmed = performance.now()
  while (performance.now() - warmed < effort.warmupMs) await engine.evaluate(next())
  const histogram = new Histogram()
  const began = performance.now()
  let rounds = 0
  for (
    ;
    rounds < effort.mostRounds && (rounds < LEAST_ROUNDS || performance.now() - began < effort.measureMs);
    rounds++
  ) {
    const input = next()
    const asked = process.hrtime.bigint()
    const given = engine.evaluate(input)
    // A promise is part of the price; an engine that answers at once does not wait for one.
    if (given instanceof Promise) await given
    // Nanoseconds in a histogram of microseconds: figures below 1 µs are told apart.
    histogram.addMs(Number(process.hrtime.bigint() - asked) / 1_000)
  }
  const { p50Us, p99Us } = histogram.summary()
  return { rounds, medianUs: p50Us / 1_000, p99Us: p99Us / 1_000, ...(await bytesOf(engine, next)) }
}

async function bytesOf(engine: Engine, next: () => unknown): Promise<Pick<Figures, 'bytes' | 'bytesAtLeast'>> {
  const one = await grown(engine, [next()])
  const count = Math.max(1, Math.min(MOST_COUNTED, Math.floor(COUNTED_BYTES / Math.max(1, one))))
  global.gc?.()
  await setTimeout(TOLD_WITHIN_MS)
  let collections = 0
  const observer = new PerformanceObserver((list) => (collections += list.getEntries().length))
  observer.observe({ entryTypes: ['gc'] })
  const bytes = await grown(engine, Array.from({ length: count }, next))
  await setTimeout(TOLD_WITHIN_MS)
  observer.disconnect()
  // The one collection is that of `grown` itself.
  return { bytes: bytes / count, bytesAtLeast: collections > 1 }
}

async function grown(engine: Engine, inputs: readonly unknown[]): Promise<number> {
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  for (const input of inputs) {
    const given = engine.evaluate(input)
    if (given instanceof Promise) await given
  }
  return process.memoryUsage().heapUsed - before
}
