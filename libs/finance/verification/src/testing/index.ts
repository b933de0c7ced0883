import type { Client, Pool } from 'pg'
import { brokenInvariants } from '../verify'

/** The names of what is broken once `bug` was planted: with the triggers off, in a database transaction that is undone. */
export async function brokenBy(pool: Pool, bug: string): Promise<string[]> {
  const db = await pool.connect()
  try {
    await db.query('BEGIN')
    await db.query(`SET LOCAL session_replication_role = replica; ${bug}`)
    return Object.keys(await brokenInvariants(db as unknown as Client))
  } finally {
    await db.query('ROLLBACK')
    db.release()
  }
}
