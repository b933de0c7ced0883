import { setTimeout as sleep } from 'node:timers/promises'
import { LijianClientError } from './error'

export interface RetryOptions {
  /** Repetitions after the first attempt. */
  retries: number
  firstMs?: number
  mostMs?: number
}

/**
 * Repeats what is safe to repeat: every request of a transaction carries its serial. Waits twice as long each time, at random
 * between half and all of it, so that many tills do not come back in one moment; a Retry-After of the service goes first.
 */
export async function repeat<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { retries, firstMs = 100, mostMs = 5000 } = options
  for (let done = 0; ; done++) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof LijianClientError) || !error.info.retryable || done >= retries) throw error
      const pauseMs = Math.min(mostMs, firstMs * 2 ** done) * (0.5 + Math.random() / 2)
      await sleep(error.info.retryAfterMs ?? pauseMs)
    }
  }
}
