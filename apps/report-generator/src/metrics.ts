import type { Claimed, ReportDeliveries, ReportWork } from '@lijian/report-runs'
import type { Metrics } from '@lijian/telemetry'
import type { Outcome } from './maker'
import type { Pace } from './pacing/pace'

const SECONDS = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 1800]

/** What the generator counts itself, and what it asks PostgreSQL at each scrape. */
export function reportMetrics(metrics: Metrics, work: ReportWork, pace: Pick<Pace, 'share'>) {
  const ended = metrics.counter('report_attempts_total', 'Attempts to make a report, by kind, format and outcome', [
    'kind',
    'format',
    'outcome',
  ])
  const took = metrics.histogram('report_seconds', 'How long a report took that was made', SECONDS, ['kind', 'format'])
  let asked: ReturnType<ReportWork['open']> | undefined
  /** All gauges of a scrape ask at once, and one statement answers them. */
  const open = () => (asked ??= work.open().finally(() => (asked = undefined)))
  metrics.gauge('reports_waiting', 'Reports that wait to be made', async () => (await open()).queued)
  metrics.gauge('reports_running', 'Reports that are being made', async () => (await open()).running)
  metrics.gauge(
    'reports_oldest_wait_seconds',
    'How long the report has waited that waits longest',
    async () => (await open()).oldestSeconds,
  )
  metrics.gauge(
    'report_schedules_stopped',
    'Schedules of reports that have stopped because the key that stored them is revoked',
    () => work.stoppedSchedules(),
  )
  metrics.gauge(
    'report_share',
    'Share of their time in which reports read rows; below 1: PostgreSQL is busy',
    () => pace.share,
  )
  return {
    onEnd: (outcome: Outcome, { kind, format }: Claimed, tookMs: number) => {
      ended.inc({ kind, format, outcome })
      if (outcome === 'done') took.observe({ kind, format }, tookMs / 1000)
    },
  }
}

export function deliveryMetrics(metrics: Metrics, deliveries: ReportDeliveries) {
  const ended = metrics.counter('report_deliveries_total', 'Attempts to deliver the file of a report, by outcome', [
    'outcome',
  ])
  metrics.gauge('report_deliveries_stuck', 'Deliveries of reports that failed and wait', () => deliveries.stuck())
  return { onEnd: (outcome: string) => ended.inc({ outcome }) }
}
