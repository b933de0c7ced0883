import { openAdmission } from '@lijian/admission'
import { Payments, Routes } from '@lijian/attempts'
import type { LiveRouting } from '@lijian/documents'
import type { Logger, Metrics } from '@lijian/telemetry'
import { openTransactions } from '@lijian/transactions'
import type { CatalogService } from '@lijian/catalog'
import type { ApiConfig } from './api-config'

interface Around {
  catalog: CatalogService
  live: LiveRouting
  metrics: Metrics
  log: Logger
  now: () => number
}

/** What payments wait for: one batcher to PostgreSQL, and over it offers, routes, and both together. */
export function hotPath(config: ApiConfig, { catalog, live, metrics, log, now }: Around) {
  const { onUndo, onBatch } = admissionMetrics(metrics)
  const admission = openAdmission({ ...config, now, onBatch, onUndo })
  const transactions = openTransactions({
    databaseUrl: config.databaseUrl,
    admission,
    catalog,
    timeZone: config.timeZone,
    cutOff: config.cutOff,
    times: config,
    startDelayMs: config.relayStartDelayMs,
    now,
    logs: config.decisionLog,
    log: {
      ...decisionLogMetrics(metrics),
      onError: (error) => log.warn({ err: error }, 'answers without an offer could not be written to their log'),
    },
  })
  const routes = new Routes({
    admission,
    live,
    times: config,
    now,
    drawKey: config.drawKey,
    drawKeysOld: config.drawKeysOld,
    merchant: (id) => catalog.merchant(id),
  })
  metrics.gauge(
    'decision_log_waiting',
    'Answers without an offer that are not written yet',
    () => transactions.unloggedCount,
  )
  metrics.gauge('admission_waiting', 'Decisions that wait for a round trip', () => admission.waitingCount)
  metrics.gauge('database_away', '1 while PostgreSQL does not answer the hot path', () => (admission.isAway ? 1 : 0))
  return {
    admission,
    transactions,
    routes,
    payments: new Payments({ admission, offers: transactions, routes, times: config }),
  }
}

function admissionMetrics(metrics: Metrics) {
  const sizes = metrics.histogram(
    'admission_batch_size',
    'Decisions per round trip',
    [1, 2, 4, 8, 16, 32, 64, 128, 256],
  )
  const durations = metrics.seconds('admission_batch_duration', 'Time of a round trip, tries included')
  const tries = metrics.counter('admission_tries_total', 'Tries of batches; above one per batch something was stale')
  const undone = metrics.counter('admission_undone_total', 'Holds that came too late and were undone', ['why'])
  return {
    onBatch: (size: number, ms: number, count: number) => {
      sizes.observe(size)
      durations.observe(ms / 1000)
      tries.inc(count)
    },
    onUndo: (why: 'deadline' | 'unavailable') => undone.inc({ why }),
  }
}

function decisionLogMetrics(metrics: Metrics) {
  const entries = metrics.counter(
    'decision_log_entries_total',
    'Answers without an offer: written to the log, or lost',
    ['outcome'],
  )
  return {
    onWritten: (count: number) => entries.inc({ outcome: 'written' }, count),
    onLost: (count: number, why: 'full' | 'database') => entries.inc({ outcome: `lost_${why}` }, count),
  }
}
