import { capacityMetrics, relayMetrics, workerMetrics } from '@lijian/worker'
import { deliveryMetrics, reportMetrics } from '@lijian/report-generator'
import { Metrics } from '@lijian/telemetry'
import { Registry } from 'prom-client'
import { code, codes, page, table } from '../markdown'

/** What prom-client keeps of a metric. */
export interface MetricShape {
  name: string
  help: string
  labelNames: readonly string[]
  type: string
}

const TYPES: Readonly<Record<string, string>> = { Counter: 'counter', Gauge: 'gauge', Histogram: 'histogram' }

/** Metrics of a registry by name; they are asked about themselves, so nothing is read from a database. */
export function shapesOf(registry: Registry): MetricShape[] {
  const metrics = registry.getMetricsAsArray() as unknown as (Omit<MetricShape, 'type'> & object)[]
  return metrics
    .map((metric) => ({
      name: metric.name,
      help: metric.help,
      labelNames: metric.labelNames,
      type: TYPES[metric.constructor.name] ?? metric.constructor.name,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The worker's own; they are made, and never asked for their values. */
export function workerShapes(): MetricShape[] {
  const registry = new Registry()
  const unused = {} as never
  workerMetrics(registry, unused)
  relayMetrics(registry, unused)
  capacityMetrics(registry, unused)
  return shapesOf(registry)
}

function reportShapes(): MetricShape[] {
  const metrics = new Metrics('report-generator', { processMetrics: false })
  reportMetrics(metrics, {} as never, {} as never)
  deliveryMetrics(metrics, {} as never)
  return shapesOf(metrics.registry)
}

const tableOf = (metrics: readonly MetricShape[]) =>
  table(
    ['Metric', 'Type', 'Labels', 'What it tells'],
    metrics.map(({ name, type, labelNames, help }) => [code(name), type, codes(labelNames), help]),
  )

const isOfProcess = ({ name }: MetricShape) => /^lijian_(nodejs|process)_/.test(name)

export function metricsPage(ofApi: readonly MetricShape[]): string {
  return page({
    title: 'Metrics',
    about: 'Every metric of api, worker and report-generator, with its type, its labels and what it tells.',
    source: 'their registries',
    blocks: [
      'The api serves them at `GET /metrics` on `LIJIAN_INTERNAL_PORT`, the worker on `LIJIAN_METRICS_PORT`, report-generator on `LIJIAN_REPORT_PORT`. Each carries the label `service`. ' +
        "All also have prom-client's metrics of the process, `lijian_process_…` and `lijian_nodejs_…`.",
      '## Of the api',
      tableOf(ofApi.filter((metric) => !isOfProcess(metric))),
      '## Of the worker',
      tableOf(workerShapes()),
      '## Of report-generator',
      tableOf(reportShapes()),
    ],
  })
}
