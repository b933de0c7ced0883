import { setTimeout as sleep } from 'node:timers/promises'

/** Asks again and again; true as soon as the answer is yes, false when the time is over. */
export async function within(ms: number, everyMs: number, ask: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + ms
  for (;;) {
    if (await ask()) return true
    if (Date.now() >= end) return false
    await sleep(everyMs)
  }
}

/** Says how long something has been going on, so that nobody takes minutes of work for a standstill. */
export async function withProgress<T>(say: (line: string) => void, what: string, work: Promise<T>): Promise<T> {
  const begun = Date.now()
  say(`${what} …`)
  const timer = setInterval(() => say(`${what} … ${Math.round((Date.now() - begun) / 1000)} s`), 5_000)
  try {
    return await work
  } finally {
    clearInterval(timer)
  }
}
