import { setTimeout as sleep } from 'node:timers/promises'

const MOST_MS = 5000

/** Tries until it works or `signal` ends it: a server that is away at the start comes later. */
export async function patiently<T>(
  attempt: () => Promise<T>,
  options: { signal: AbortSignal; onFailure: (error: unknown, retryInMs: number) => void },
): Promise<T> {
  for (let retryInMs = 200; ; retryInMs = Math.min(MOST_MS, retryInMs * 2)) {
    try {
      return await orAborted(attempt(), options.signal)
    } catch (error) {
      options.onFailure(error, retryInMs)
      await sleep(retryInMs, undefined, { signal: options.signal })
    }
  }
}

/** An attempt over a dead connection may take long; who was told to end does not wait for it. */
async function orAborted<T>(attempt: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted()
  const { promise, reject } = deferred<never>()
  const stop = () => reject(signal.reason as Error)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([attempt, promise])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function deferred<T>() {
  let reject!: (error: Error) => void
  const promise = new Promise<T>((_resolve, no) => (reject = no))
  return { promise, reject }
}
