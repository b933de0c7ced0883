import { Pool, type PoolConfig } from 'pg'

/**
 * A pool for the hot path. `query_timeout` bounds what a hung server can cost; `idle_in_transaction_session_timeout` frees the
 * rows of a process that froze between two statements.
 */
export function hotPool(url: string, options: PoolConfig = {}): Pool {
  const pool = new Pool({
    connectionString: url,
    max: 4,
    connectionTimeoutMillis: 1000,
    query_timeout: 5000,
    statement_timeout: 5000,
    idle_in_transaction_session_timeout: 2000,
    application_name: 'lijian-hot',
    ...options,
  })
  // An idle connection that dies must not end the process; the next query reports it.
  pool.on('error', () => undefined)
  // Nor one that dies between two statements of whoever has it.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
