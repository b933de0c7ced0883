import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { scrapeOf } from './scrape'

export type { Counter, Gauge, Histogram, Registry }

type Labels<Name extends string> = readonly Name[]

/** Buckets in seconds around what a payment may wait: a deadline is 50 ms. */
const SECONDS_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** The metrics of one process. Names begin with lijian_ and end with their unit. */
export class Metrics {
  readonly registry = new Registry()

  constructor(service: string, options: { processMetrics?: boolean } = {}) {
    this.registry.setDefaultLabels({ service })
    if (options.processMetrics ?? true) collectDefaultMetrics({ register: this.registry, prefix: 'lijian_' })
  }

  counter<Name extends string>(name: string, help: string, labelNames: Labels<Name> = []): Counter<Name> {
    return new Counter({ name: `lijian_${name}`, help, labelNames, registers: [this.registry] })
  }

  seconds<Name extends string>(name: string, help: string, labelNames: Labels<Name> = []): Histogram<Name> {
    return this.histogram(`${name}_seconds`, help, SECONDS_BUCKETS, labelNames)
  }

  histogram<Name extends string>(
    name: string,
    help: string,
    buckets: number[],
    labelNames: Labels<Name> = [],
  ): Histogram<Name> {
    return new Histogram({ name: `lijian_${name}`, help, labelNames, buckets, registers: [this.registry] })
  }

  /** Read at each scrape, so no code keeps it up to date. */
  gauge(name: string, help: string, read: () => number | Promise<number>): Gauge {
    return new Gauge({
      name: `lijian_${name}`,
      help,
      registers: [this.registry],
      async collect() {
        this.set(await read())
      },
    })
  }

  /** The same with a label; what is not named at a scrape is gone from it. */
  gaugeBy(name: string, help: string, label: string, read: () => Iterable<readonly [string, number]>): Gauge {
    return new Gauge({
      name: `lijian_${name}`,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset()
        for (const [of, value] of read()) this.set({ [label]: of }, value)
      },
    })
  }

  /** Of this second: who asks more often reads the same again. */
  readonly text = scrapeOf(this.registry)

  get contentType(): string {
    return this.registry.contentType
  }
}
