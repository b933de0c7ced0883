import type { Pool, PoolClient } from 'pg'

/** Runs `work` in one database transaction: committed when it returns, undone when it throws. */
export async function inTransaction<T>(pool: Pool, work: (db: PoolClient) => Promise<T>): Promise<T> {
  const db = await pool.connect()
  let broken: Error | undefined
  try {
    await db.query('BEGIN')
    const result = await work(db)
    await db.query('COMMIT')
    return result
  } catch (error) {
    await db.query('ROLLBACK').catch((failed: Error) => (broken = failed))
    throw error
  } finally {
    db.release(broken)
  }
}
