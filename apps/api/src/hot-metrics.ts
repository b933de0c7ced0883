import type { Admission } from '@lijian/admission'
import { DifferingRepeats } from '@lijian/identity'
import type { Logger, Metrics } from '@lijian/telemetry'
import type { TransactionsOptions } from '@lijian/transactions'

/** What waits, as the process sees it now. */
export function waitingMetrics(
  metrics: Metrics,
  admission: Admission,
  transactions: { readonly unloggedCount: number },
): void {
  metrics.gauge(
    'decision_log_waiting',
    'Answers without an offer that are not written yet',
    () => transactions.unloggedCount,
  )
  metrics.gauge('admission_waiting', 'Decisions that wait for a round trip', () => admission.waitingCount)
  metrics.gauge('database_away', '1 while PostgreSQL does not answer the hot path', () => (admission.isAway ? 1 : 0))
}

/** Of the batcher that payments wait for. */
export function admissionMetrics(metrics: Metrics) {
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

export function decisionLogMetrics(metrics: Metrics) {
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

/** How payments with an offer ended: whoever grinds draws fails often. */
export function resultMetrics(metrics: Metrics): NonNullable<TransactionsOptions['onResult']> {
  const results = metrics.counter('results_total', 'Results of payments with an offer, by client, offer and outcome', [
    'client',
    'offer',
    'outcome',
  ])
  return ({ client, offers, outcome }) => {
    for (const { campaign, code } of offers) results.inc({ client, offer: `${campaign}/${code}`, outcome })
  }
}

/** Serials that came again with another body: counted, logged, and stopped when one client goes on. */
export function differingRepeats({ metrics, log }: { metrics: Metrics; log: Logger }): DifferingRepeats {
  const repeats = metrics.counter('serials_reused_total', 'Serials that came again with another body, by client', [
    'client',
  ])
  return new DifferingRepeats({
    nowMs: Date.now,
    onRepeat: (client) => repeats.inc({ client }),
    onStop: (client) => log.warn({ client }, 'repeats serials with other bodies: these get 429 for five minutes'),
  })
}
