import { setTimeout as sleep } from 'node:timers/promises'

const MOST_MS = 5000

/** Tries until it works or `signal` ends it: a server that is away at the start comes later. */
export async function patiently<T>(
  attempt: () => Promise<T>,
  options: { signal: AbortSignal; onFailure: (error: unknown, retryInMs: number) => void },
): Promise<T> {
  for (let retryInMs = 200; ; retryInMs = Math.min(MOST_MS, retryInMs * 2)) {
    try {
      return await attempt()
    } catch (error) {
      options.onFailure(error, retryInMs)
      await sleep(retryInMs, undefined, { signal: options.signal })
    }
  }
}
