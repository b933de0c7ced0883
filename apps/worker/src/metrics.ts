import { openProposalsByKind } from '@lijian/approvals'
import { openCasesByKind } from '@lijian/cases'
import { DifferingRepeats } from '@lijian/identity'
import { stuckWebhooks } from '@lijian/notifications'
import type { Relay } from '@lijian/outbox'
import type { Logger } from '@lijian/telemetry'
import type { Pool } from 'pg'
import { Counter, Gauge, type Registry } from 'prom-client'

export interface WorkerMetrics {
  registry: Registry
  webhookAttempts: Counter<'outcome'>
  casesOpened: Counter<'kind'>
  decisionLogEntries: Counter<'outcome'>
  reminders: Counter<'flow' | 'kind'>
  results: Counter<'client' | 'offer' | 'outcome'>
}

const resultCounter = (registry: Registry) =>
  new Counter({
    name: 'lijian_results_total',
    help: 'Results of payments with an offer, by client, offer and outcome',
    labelNames: ['client', 'offer', 'outcome'] as const,
    registers: [registry],
  })

/** Serials that came again with another body through the Temporal door: counted, logged, and stopped when one client goes on. */
export function differingRepeats(registry: Registry, log: Logger): DifferingRepeats {
  const repeats = new Counter({
    name: 'lijian_serials_reused_total',
    help: 'Serials that came again with another body, by client',
    labelNames: ['client'] as const,
    registers: [registry],
  })
  return new DifferingRepeats({
    nowMs: Date.now,
    onRepeat: (client) => repeats.inc({ client }),
    onStop: (client) => log.warn({ client }, 'repeats serials with other bodies: these get 429 for five minutes'),
  })
}

/** What the worker counts itself, and what it asks PostgreSQL at each scrape. */
export function workerMetrics(registry: Registry, pool: Pool): WorkerMetrics {
  const registers = [registry]
  const webhookAttempts = new Counter({
    name: 'lijian_webhook_attempts_total',
    help: 'Notifications sent, by outcome',
    labelNames: ['outcome'] as const,
    registers,
  })
  const casesOpened = new Counter({
    name: 'lijian_cases_opened_total',
    help: 'Reconciliation cases opened, by kind',
    labelNames: ['kind'] as const,
    registers,
  })
  const decisionLogEntries = new Counter({
    name: 'lijian_decision_log_entries_total',
    help: 'Answers without an offer: written to the log, or lost',
    labelNames: ['outcome'] as const,
    registers,
  })
  const reminders = new Counter({
    name: 'lijian_reminders_total',
    help: 'Times somebody was reminded because nobody had acted, by flow and kind',
    labelNames: ['flow', 'kind'] as const,
    registers,
  })
  const results = resultCounter(registry)
  new Gauge({
    name: 'lijian_webhooks_stuck',
    help: 'Notifications that failed at least once and are not delivered yet',
    registers,
    async collect() {
      this.set(await stuckWebhooks(pool))
    },
  })
  const age = new Gauge({
    name: 'lijian_cases_oldest_age_seconds',
    help: 'Age of the oldest open case, by kind',
    labelNames: ['kind'] as const,
    registers,
  })
  new Gauge({
    name: 'lijian_cases_open',
    help: 'Open reconciliation cases, by kind',
    labelNames: ['kind'] as const,
    registers,
    async collect() {
      const rows = await openCasesByKind(pool)
      this.reset()
      age.reset()
      for (const row of rows) {
        this.set({ kind: row.kind }, row.open)
        age.set({ kind: row.kind }, row.age)
      }
    },
  })
  new Gauge({
    name: 'lijian_proposals_open',
    help: 'Proposals of money that wait for a second person, by kind',
    labelNames: ['kind'] as const,
    registers,
    async collect() {
      const rows = await openProposalsByKind(pool)
      this.reset()
      for (const { kind, open } of rows) this.set({ kind }, open)
    },
  })
  return { registry, webhookAttempts, casesOpened, decisionLogEntries, reminders, results }
}

/** Backlog and age of the outbox, and what this relay has done with it. */
export function relayMetrics(registry: Registry, relay: Relay): void {
  const registers = [registry]
  const oldest = new Gauge({
    name: 'lijian_outbox_oldest_age_seconds',
    help: 'Age of the oldest event that Temporal has not learnt yet',
    registers,
  })
  new Gauge({
    name: 'lijian_outbox_backlog',
    help: 'Events that Temporal has not learnt yet',
    registers,
    async collect() {
      const { rows, oldestAgeSeconds } = await relay.backlog()
      this.set(rows)
      oldest.set(oldestAgeSeconds)
    },
  })
  new Gauge({
    name: 'lijian_relay_in_flight',
    help: 'Transactions being handed to Temporal at this moment',
    registers,
    collect() {
      this.set(relay.stats().inFlight)
    },
  })
  // The relay counts for itself; a scrape adds what has come since the last one.
  const seen = { delivered: 0, refused: 0, away: 0 }
  new Counter({
    name: 'lijian_relay_deliveries_total',
    help: 'Transactions handed to Temporal, by outcome (away: pauses because a server did not answer)',
    labelNames: ['outcome'] as const,
    registers,
    collect() {
      const stats = relay.stats()
      for (const outcome of ['delivered', 'refused', 'away'] as const) {
        this.inc({ outcome }, stats[outcome] - seen[outcome])
        seen[outcome] = stats[outcome]
      }
    },
  })
}
