import { ask, needs } from './keeper/client'
import type { KeptRedis } from './keeper/redis'
import type * as Histories from './histories'
import type * as Temporal from './temporal'

export type TestTemporal = Temporal.TestTemporal

export interface TestDatabase {
  /** As the owner of its tables. */
  url: string
  /** As api and worker log in: a member of `lijian_app`. */
  appUrl: string
  /** Removes it with whoever is still connected. */
  drop: () => Promise<void>
}

/** A migrated database of its own for one test file, copied from a template. */
export async function testDatabase(): Promise<TestDatabase> {
  needs('PostgreSQL')
  const { name, url, appUrl } = await ask<{ name: string; url: string; appUrl: string }>('database')
  return { url, appUrl, drop: () => ask<void>(`drop/${name}`) }
}

export interface TestRedis {
  url: string
  /** Which server it is: Redis or Valkey, its version, and where it was found. */
  origin: string
  /** By SIGKILL; what was written stays. */
  kill: () => Promise<void>
  /** Up again after a kill, on the same port. */
  revive: () => Promise<void>
  stop: () => Promise<void>
}

/** A Redis or Valkey of its own for one test file: from PATH, else from the cache, else fetched. Without one the test fails. */
export async function testRedis(): Promise<TestRedis> {
  needs('Redis')
  const { id, url, origin } = await ask<KeptRedis>('redis')
  return {
    url,
    origin,
    kill: () => ask<void>(`redis-kill/${id}`),
    revive: async () => void (await ask(`redis-again/${id}`)),
    stop: () => ask<void>(`redis-stop/${id}`),
  }
}

/** Where the run's Temporal server listens. */
export function askTemporal(): Promise<{ address: string }> {
  needs('Temporal')
  return ask('temporal')
}

/** The code of all flows from the sources of the house, bundled once per run. */
export function testWorkflowBundle(): Promise<{ codePath: string }> {
  needs('Temporal')
  return ask('bundle')
}

// Temporal's SDK takes a second to load: a test that only wants a database does without it.
const temporal = () => require('./temporal') as typeof Temporal
const histories = () => require('./histories') as typeof Histories

/** Connections to the Temporal server of the run; tests keep apart by task queue and client. */
export async function testTemporal(): Promise<TestTemporal> {
  const { address } = await askTemporal()
  return temporal().connectTo(address)
}

export const recordHistory: typeof Histories.recordHistory = (...told) => histories().recordHistory(...told)
export const replayHistories: typeof Histories.replayHistories = (...told) => histories().replayHistories(...told)
