import { hash } from 'node:crypto'
import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Cable, forkSource, freePort } from '@lijian/testing'
import { Client as Sql } from 'pg'
import { OwnPostgres, READY_WITHIN_MS } from '../own-postgres'
import { furnishBattery } from './furnish'

const API = join(dirname(require.resolve('@lijian/api/package.json')), 'src/main.ts')
/** Reached only where payments come in crowds. */
const CONNECTIONS_MAX = 128

/** One API process, and the road between it and PostgreSQL. */
export interface Till {
  process: ChildProcess
  cable: Cable
  base: string
}

export interface GroundOptions {
  faults: number
  /** By how much the clock of each of the two processes is wrong. */
  skewsMs: readonly [number, number]
}

/** PostgreSQL of this test alone, and two API processes with a cable each. No worker: what is to be delivered waits in the outbox. */
export class Ground {
  // The disk is memory where it is mounted.
  readonly postgres = new OwnPostgres('lijian-battery-', {
    smallDisk: true,
    settings: { max_wal_size: '256MB', shared_buffers: '128MB' },
  })
  key = ''
  readonly tills: Till[] = []
  readonly #children = new Set<ChildProcess>()

  static async open({ faults, skewsMs }: GroundOptions): Promise<Ground> {
    const ground = new Ground()
    try {
      await ground.postgres.open()
      ground.key = await furnishBattery(ground.postgres.url, faults)
      const cables = [await Cable.to(ground.postgres.serviceUrl), await Cable.to(ground.postgres.serviceUrl)]
      const starting = cables.map((cable, n) => ground.#fork(cable, skewsMs[n]))
      for (const till of starting) ground.tills.push(await till)
      return ground
    } catch (error) {
      await ground.close()
      throw error
    }
  }

  /** A process with a right clock on the road of that one, to be used in its place. Resolves when it is ready. */
  successor(n: number): Promise<Till> {
    return this.#fork(this.tills[n]!.cable, 0)
  }

  async #fork(cable: Cable, skewMs = 0): Promise<Till> {
    const port = await freePort()
    const child = forkSource(
      API,
      {
        DATABASE_URL: cable.url,
        TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
        LIJIAN_API_PORT: String(port),
        LIJIAN_INTERNAL_PORT: String(await freePort()),
        LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
        LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
        LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
        LIJIAN_LOG_LEVEL: 'silent',
        LIJIAN_API_CONNECTIONS_MAX: String(CONNECTIONS_MAX),
        // A machine that others use too: late is what the fault makes late.
        LIJIAN_QUERY_DEADLINE_MS: '1000',
        FIRE_SKEW_MS: String(skewMs),
      },
      [],
      ['-r', join(__dirname, 'skewed-clock.cjs')],
    )
    this.#children.add(child)
    for (const stream of [child.stdout!, child.stderr!]) stream.resume()
    const till = { process: child, cable, base: `http://127.0.0.1:${port}` }
    const end = Date.now() + READY_WITHIN_MS
    while (!(await isUp(till))) {
      if (Date.now() > end) throw new Error(`an API process is not ready within ${READY_WITHIN_MS / 1000} s`)
      await sleep(100)
    }
    return till
  }

  async killTill(n: number): Promise<void> {
    const { process: child } = this.tills[n]!
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }

  isAlive(n: number): boolean {
    const { process: child } = this.tills[n]!
    return child.exitCode === null && child.signalCode === null
  }

  /** A session of its own that stays open until the caller ends it. */
  async session(): Promise<Sql> {
    const db = new Sql({ connectionString: this.postgres.url })
    db.on('error', () => undefined)
    await db.connect()
    return db
  }

  async close(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL')
    for (const { cable } of this.tills) await cable.close()
    await this.postgres.close()
  }
}

async function isUp({ base }: Till): Promise<boolean> {
  return fetch(`${base}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  )
}
