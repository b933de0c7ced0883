import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeStack, type Stack } from './core/stack'
import { findChromium, type Chromium } from './programs/chromium'
import { findRedisServer, type RedisServer } from './programs/redis'
import { findTemporalCli } from './programs/temporal'

type Say = (line: string) => void

/** The Temporal program that `./lijian up` would start, found, downloaded or built now: tests that need one then wait for nothing. */
export const temporalCli = (say: Say): Promise<string> =>
  withCache(say, async (stack) => (await findTemporalCli(stack)).file)

/** A Redis or Valkey for tests, found or fetched now. The launcher starts none: PostgreSQL is queue enough. */
export const redisServer = (say: Say): Promise<RedisServer> => withCache(say, findRedisServer)

/** A browser for tests of the console, found or installed now. */
export const chromium = (say: Say): Promise<Chromium> =>
  withCache(say, (stack) => findChromium(stack, process.env['LIJIAN_CHROMIUM']))

async function withCache<T>(say: Say, work: (stack: Stack) => Promise<T>): Promise<T> {
  const { PATH, HOME, LIJIAN_CACHE_DIR } = process.env
  const LIJIAN_DATA_DIR = mkdtempSync(join(tmpdir(), 'lijian-programs-'))
  try {
    return await work(makeStack({ say, env: { PATH, HOME, LIJIAN_CACHE_DIR, LIJIAN_DATA_DIR } }))
  } finally {
    rmSync(LIJIAN_DATA_DIR, { recursive: true, force: true })
  }
}
