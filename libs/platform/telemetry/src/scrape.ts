import type { Registry } from 'prom-client'

const KEPT_MS = 1000

/**
 * The text of a registry, made at most once a second however often it is asked for: gauges ask PostgreSQL. One that cannot be read is left out, and the
 * rest is told: while PostgreSQL is away it is wanted most.
 */
export function scrapeOf(registry: Registry, now: () => number = Date.now): () => Promise<string> {
  let kept: { text: Promise<string>; atMs: number } | undefined
  return () => {
    if (kept === undefined || Math.abs(now() - kept.atMs) >= KEPT_MS) kept = { text: textOf(registry), atMs: now() }
    return kept.text
  }
}

async function textOf(registry: Registry): Promise<string> {
  const asked = registry.getMetricsAsArray().map(({ name }) => registry.getSingleMetricAsString(name))
  const told = await Promise.allSettled(asked)
  return told.flatMap((one) => (one.status === 'fulfilled' ? [`${one.value}\n`] : [])).join('\n')
}
