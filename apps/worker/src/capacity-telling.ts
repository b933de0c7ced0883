import type { Pool } from 'pg'
import { capacityFigures, CapacitySweep } from '@lijian/capacity'
import { Gauge, type Registry } from 'prom-client'

const MINUTE_MS = 60_000

/**
 * Tells once a minute how full the daily limits of routing are and when they will be used up. A timer and not a workflow: nothing has to be remembered, of
 * several workers one does it, and what one misses the next minute has. Returns how to stop; it waits for what is under way.
 */
export function capacityTelling(pool: Pool, onError: (error: unknown) => void): () => Promise<void> {
  const sweeper = new CapacitySweep(pool)
  let under: Promise<unknown> | undefined
  const tell = () => {
    // One that takes longer than a minute is not joined by a second one.
    under ??= sweeper
      .sweep()
      .catch(onError)
      .finally(() => (under = undefined))
  }
  tell()
  const timer = setInterval(tell, MINUTE_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await under
  }
}

/**
 * The same as numbers, asked at each scrape. Bounded whatever the document: channels and pools up to 500 each, of MIDs (there may be 200,000) at most 100,
 * those that are used up today or 80 % taken, soonest first. Labels are codes of the document, nothing of a payment.
 */
export function capacityMetrics(registry: Registry, pool: Pool, now: () => number = Date.now): void {
  let under: Promise<void> | undefined
  // All of them are read by the same scrape, once.
  const collect = (): Promise<void> => (under ??= fill().finally(() => (under = undefined)))
  const gauge = <Name extends string>(name: string, help: string, labelNames: readonly Name[]) =>
    new Gauge({ name: `lijian_routing_${name}`, help, labelNames, registers: [registry], collect })
  const labelNames = ['part', 'code', 'measure'] as const
  const limits = gauge('limit', 'Daily limit of a channel, MID or pool, in fen or payments (measure)', labelNames)
  const taken = gauge('taken', 'What stands on it by state: held, used, over', [...labelNames, 'state'] as const)
  const share = gauge('taken_ratio', 'held + used + over, of the daily limit', labelNames)
  const exhausts = gauge(
    'exhausts_in_seconds',
    'Until the limit is used up as forecast, 0 once it is; absent: not today',
    labelNames,
  )
  const age = gauge('forecast_age_seconds', 'Since forecasts were last made; absent: never yet', [])

  async function fill(): Promise<void> {
    const nowMs = now()
    const { toldAt, figures } = await capacityFigures(pool, nowMs)
    for (const one of [limits, taken, share, exhausts]) one.reset()
    age.remove()
    if (toldAt !== undefined) age.set((nowMs - toldAt.getTime()) / 1000)
    for (const { part, code, measure, limit, held, used, over, exhaustsAt } of figures) {
      const labels = { part, code, measure }
      limits.set(labels, limit)
      for (const [state, value] of Object.entries({ held, used, over })) taken.set({ ...labels, state }, value)
      share.set(labels, limit === 0 ? 1 : (held + used + over) / limit)
      if (exhaustsAt !== null) exhausts.set(labels, Math.max(0, (exhaustsAt.getTime() - nowMs) / 1000))
    }
  }
}
