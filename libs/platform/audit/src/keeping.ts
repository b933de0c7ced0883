import type { Pool } from 'pg'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** A seal goes as far as what had begun one turn before, so it is at most two turns behind. */
const SEAL_EVERY_MS = 60_000

export interface KeepingTold {
  /** `hash` is of everything up to here: kept outside of the database, it holds the database to it. */
  onSealed: (seal: { n: number; events: number; toId: number; hash: string }) => void
  onDropped: (months: string[]) => void
  onError: (error: unknown) => void
}

/** Seals what nobody can add to any more; undefined: there was nothing, or it is still open. Two calls in a row reach what stood before the first. */
export async function sealAudit(
  db: Pick<Pool, 'query'>,
): Promise<{ n: number; events: number; toId: number; hash: string } | undefined> {
  const { rows } = await db.query<{ sealed: string }>('SELECT seal_audit() AS sealed')
  if (Number(rows[0]!.sealed) === 0) return undefined
  const last = await db.query<{ n: string; to_id: string; hash: string }>(
    `SELECT n, to_id, encode(hash, 'hex') AS hash FROM audit_seal ORDER BY n DESC LIMIT 1`,
  )
  const { n, to_id, hash } = last.rows[0]!
  return { n: Number(n), events: Number(rows[0]!.sealed), toId: Number(to_id), hash }
}

/** Drops months that ended more than `keepDays` ago; returns their names. Refused when the database was told to keep them longer. */
export async function dropOldAudit(db: Pick<Pool, 'query'>, keepDays: number, nowMs: number): Promise<string[]> {
  const before = new Date(nowMs - keepDays * DAY_MS).toISOString().slice(0, 10)
  const { rows } = await db.query<{ name: string }>('SELECT drop_audit_months($1) AS name', [before])
  return rows.map(({ name }) => name)
}

/** A timer and not a workflow: nothing has to be remembered, and several workers may do it at once. Returns how to stop. */
export function auditKeeping(pool: Pool, keepDays: number, told: KeepingTold): () => Promise<void> {
  let isStopped = false
  let work: Promise<void> = Promise.resolve()
  const turn = (todo: () => Promise<void>) => {
    work = work.then(() => (isStopped ? undefined : todo())).catch(told.onError)
  }
  const seal = () =>
    turn(async () => {
      const sealed = await sealAudit(pool)
      if (sealed !== undefined) told.onSealed(sealed)
    })
  const drop = () =>
    turn(async () => {
      await pool.query('SELECT open_audit_months()')
      const months = await dropOldAudit(pool, keepDays, Date.now())
      if (months.length > 0) told.onDropped(months)
    })
  drop()
  seal()
  const timers = [setInterval(seal, SEAL_EVERY_MS).unref(), setInterval(drop, HOUR_MS).unref()]
  return async () => {
    isStopped = true
    timers.forEach(clearInterval)
    await work
  }
}
