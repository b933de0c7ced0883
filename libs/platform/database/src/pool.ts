import { Client, Pool, type PoolConfig } from 'pg'
import { asNow } from './acting'
import { LIMITS, settingsOf, type Limits } from './limits'
import { steadyClientClass } from './steady-client'

/** Whose connection it is, as pg_stat_activity shows it. */
export interface Named {
  name: string
}

export interface PoolOptions extends Named {
  max: number
  limits: Limits
  /** Called for a connection that died while nobody used it; the next use makes a new one. */
  onLost?: (error: Error) => void
}

/**
 * A pool whose connections may die at any moment without ending the process: idle ones are replaced at the next use, and their user learns it
 * from the next query. pg reports a death between two statements as an event, and an unhandled event ends the process.
 */
export function steadyPool(url: string, { onLost, ...options }: PoolOptions): Pool {
  const pool = new ActingPool(steadyPoolConfig(url, options))
  pool.on('error', onLost ?? (() => undefined))
  return pool
}

/** Who waits for a connection gets it from the work of whoever gives one back; what is asked over it is still the waiting one's. */
class ActingPool extends Pool {
  override connect(taken?: (...given: never[]) => void): never {
    return super.connect((taken && asNow(taken)) as never) as never
  }
}

/** The same for a library that makes its own pool of it, and hears its errors. */
export const steadyPoolConfig = (url: string, { name, max, limits }: Omit<PoolOptions, 'onLost'>): PoolConfig =>
  ({ ...settingsOf(url, limits), max, application_name: name, Client: steadyClientClass(limits) }) as PoolConfig

/**
 * A pool for the hot path. Connections are kept without traffic: the first payment after a quiet night must not pay for a new one and its plans.
 * `options` may name what differs, such as `max`.
 */
export function hotPool(url: string, options: PoolConfig = {}, limits: Limits = LIMITS.payments): Pool {
  const settings = { ...settingsOf(url, limits), max: 4, idleTimeoutMillis: 0, application_name: 'lijian-hot' }
  // Payments change nothing that is audited, and their statements keep their names and plans.
  const Hot = steadyClientClass(limits, { saysWhoActs: false })
  const pool = new Pool({ ...settings, ...options, Client: Hot } as PoolConfig)
  pool.on('error', () => undefined)
  return pool
}

/** One connection, for what listens or holds a session of its own; the caller connects and ends it. */
export function steadyClient(url: string, { name }: Named, limits: Limits): Client {
  const Steady = steadyClientClass(limits)
  return new Steady({ ...settingsOf(url, limits), application_name: name })
}
