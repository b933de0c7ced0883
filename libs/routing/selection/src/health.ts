import type { PoolHealth } from './types'

export interface MinSuccess {
  ppm: number
  window: number
  minSamples: number
}

export const FRESH: PoolHealth = Object.freeze({ recent: '', out: false, probes: '' })
/** A pool comes back when so many probes in a row of outcomes are better than it was asked for. */
const PROBES = 20
const MARGIN_PPM = 20_000

/** Share of outcomes that went well, in ppm, rounded down; of none 1,000,000. */
export function successPpm(outcomes: string): number {
  if (outcomes.length === 0) return 1_000_000
  let well = 0
  for (const outcome of outcomes) if (outcome === '1') well++
  return Math.floor((well * 1_000_000) / outcomes.length)
}

/**
 * One more outcome of a pool, in the order in which results were recorded (DESIGN §5, `minSuccess`). `ok` false: the channel's fault (error or timeout);
 * what issuer or customer declined is no outcome. Out at ≥ minSamples below ppm; while it is out only probes count; back, with an empty window, when
 * the last 20 probes reach ppm + 20,000, at most 1,000,000.
 */
export function foldHealth(health: PoolHealth, rule: MinSuccess, outcome: { ok: boolean; probe: boolean }): PoolHealth {
  const mark = outcome.ok ? '1' : '0'
  if (health.out) {
    if (!outcome.probe) return health
    const probes = (health.probes + mark).slice(-PROBES)
    const enough = Math.min(1_000_000, rule.ppm + MARGIN_PPM)
    return probes.length === PROBES && successPpm(probes) >= enough ? FRESH : { ...health, probes }
  }
  const recent = (health.recent + mark).slice(-rule.window)
  return { recent, out: recent.length >= rule.minSamples && successPpm(recent) < rule.ppm, probes: '' }
}
