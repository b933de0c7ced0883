import { createHash } from 'node:crypto'
import { LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool } from 'pg'

/** PCI DSS 8.3.4: ten wrong ones lock for thirty minutes; from the fourth on each makes the next one wait, twice as long as before. */
const LOCK_AFTER = 10
const LOCK_SECONDS = 1800
const WAIT_AFTER = 3
const FORGET_AFTER_SECONDS = 86_400

const hashOf = (login: string) => createHash('sha256').update(login).digest('hex')

/** Counts a try before the password is looked at, so that of many at once each is counted. Throws LijianError too_many_requests. */
export function countTry(pool: Pool, login: string): Promise<void> {
  const of = hashOf(login)
  return inTransaction(pool, async (db) => {
    await db.query(
      `INSERT INTO sign_in_failure (login_hash, failures, last_at, locked_until) VALUES ($1, 0, now(), now()) ON CONFLICT DO NOTHING`,
      [of],
    )
    const { rows } = await db.query<{ failures: number; idle: number; waits: number }>(
      `SELECT failures, extract(epoch FROM clock_timestamp() - last_at)::float AS idle, extract(epoch FROM locked_until - clock_timestamp())::float AS waits
       FROM sign_in_failure WHERE login_hash = $1 FOR UPDATE`,
      [of],
    )
    const { failures, idle, waits } = rows[0]!
    if (waits > 0) throw tooMany(Math.ceil(waits))
    const tries = failures >= LOCK_AFTER || idle > FORGET_AFTER_SECONDS ? 1 : failures + 1
    await db.query(
      `UPDATE sign_in_failure SET failures = $2, last_at = clock_timestamp(), locked_until = clock_timestamp() + interval '1 second' * $3
       WHERE login_hash = $1`,
      [of, tries, pauseSeconds(tries)],
    )
  })
}

/** How long the next try has to wait if this one is wrong. */
const pauseSeconds = (tries: number): number => {
  if (tries >= LOCK_AFTER) return LOCK_SECONDS
  return tries > WAIT_AFTER ? 2 ** (tries - WAIT_AFTER - 1) : 0
}

const tooMany = (seconds: number) =>
  new LijianError(
    'too_many_requests',
    `Too many wrong tries with this login: try again in ${seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}`,
  )

/** A right one makes an end of it. */
export async function forgetTries(db: Pick<Pool, 'query'>, login: string): Promise<void> {
  await db.query('DELETE FROM sign_in_failure WHERE login_hash = $1', [hashOf(login)])
}

/** Those that count no more. */
export async function sweepTries(db: Pick<Pool, 'query'>): Promise<void> {
  await db.query(
    `DELETE FROM sign_in_failure WHERE last_at < now() - interval '1 second' * $1 AND locked_until < now()`,
    [FORGET_AFTER_SECONDS],
  )
}
