import { Pool, type PoolConfig } from 'pg'

/**
 * A pool whose connections may die at any moment without ending the process: idle ones are replaced at the next use, and their user learns it
 * from the next query. pg reports a death between two statements as an event, and an unhandled event ends the process.
 */
export function steadyPool(config: PoolConfig, onLost: (error: Error) => void = () => undefined): Pool {
  const pool = new Pool(config)
  pool.on('error', onLost)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * A pool for the hot path. `query_timeout` bounds what a hung server can cost; `idle_in_transaction_session_timeout` frees the
 * rows of a process that froze between two statements. Connections are kept without traffic: the first payment after a quiet night
 * must not pay for a new one and its plans.
 */
export function hotPool(url: string, options: PoolConfig = {}): Pool {
  return steadyPool({
    connectionString: url,
    max: 4,
    idleTimeoutMillis: 0,
    keepAlive: true,
    // A starved machine needs seconds for a new connection; a limit below that keeps a whole process away from a PostgreSQL that is up.
    connectionTimeoutMillis: 10_000,
    query_timeout: 5000,
    statement_timeout: 5000,
    idle_in_transaction_session_timeout: 2000,
    application_name: 'lijian-hot',
    ...options,
  })
}
