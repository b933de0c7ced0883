import { LIMITS, steadyClient } from '@lijian/database'
import type { Client, Pool } from 'pg'

const AGAIN_MS = 200
const BESIDE_MS = 1000

export interface Question {
  databaseUrl: string
  pool: Pool
  signal: AbortSignal
  /** An attempt got a refusal: PostgreSQL, or whoever stands before it, says no. */
  onRefused: () => void
}

/**
 * Asks until PostgreSQL answers, or the signal ends it: at once on an idle connection and on one of its own, then each second on another one beside those
 * that still wait. A starved server needs seconds for a new connection: each attempt has ten, and so there are ten at most.
 */
export async function untilItAnswers({ databaseUrl, pool, signal, onRefused }: Question): Promise<boolean> {
  const open = new Set<Client>()
  try {
    return await new Promise<boolean>((resolve) => {
      let over = false
      const end = (answered: boolean) => {
        over = true
        clearTimeout(timer)
        resolve(answered)
      }
      let timer: NodeJS.Timeout | undefined
      const attempt = () => {
        if (over) return
        timer = setTimeout(attempt, BESIDE_MS).unref()
        const own = timer
        Promise.any([askAlone(databaseUrl, open), ...(pool.idleCount > 0 ? [pool.query('SELECT 1')] : [])]).then(
          () => end(true),
          () => {
            if (over) return
            onRefused()
            // Of the newest attempt only: one that was refused late has others beside it.
            if (own !== timer) return
            clearTimeout(timer)
            timer = setTimeout(attempt, AGAIN_MS).unref()
          },
        )
      }
      signal.addEventListener('abort', () => end(false), { once: true })
      if (signal.aborted) end(false)
      else attempt()
    })
  } finally {
    for (const client of open) void client.end().catch(() => undefined)
  }
}

async function askAlone(databaseUrl: string, open: Set<Client>): Promise<void> {
  const client = steadyClient(databaseUrl, { name: 'lijian-probe' }, LIMITS.batches)
  open.add(client)
  try {
    await client.connect()
    await client.query('SELECT 1')
  } finally {
    open.delete(client)
    void client.end().catch(() => undefined)
  }
}
