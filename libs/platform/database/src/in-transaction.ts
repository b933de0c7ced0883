import type { Pool, PoolClient } from 'pg'
import type { DataSource, EntityManager } from 'typeorm'

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

/** The connection of a TypeORM transaction, for what is written in SQL inside it. */
export async function clientOf({ queryRunner }: EntityManager): Promise<PoolClient> {
  if (!queryRunner?.isTransactionActive) throw new Error('only inside a transaction')
  return (await queryRunner.connect()) as PoolClient
}

/** The connections of a TypeORM data source, for use cases that write SQL. */
export const poolOf = ({ driver }: DataSource): Pool => (driver as unknown as { master: Pool }).master
