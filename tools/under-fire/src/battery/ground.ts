import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Cable, forkSource, freePort } from '@lijian/testing'
import { verifyBooks, type CheckResult } from '@lijian/verification'
import { Client as Sql } from 'pg'
import { OwnPostgres, READY_WITHIN_MS } from '../own-postgres'
import { furnishBattery } from './furnish'

const API = join(dirname(require.resolve('@lijian/api/package.json')), 'src/main.ts')

/** One API process, and the road between it and PostgreSQL. */
export interface Till {
  process: ChildProcess
  cable: Cable
  base: string
}

/** PostgreSQL of this test alone, and two API processes with a cable each. No worker: what is to be delivered waits in the outbox. */
export class Ground {
  readonly postgres = new OwnPostgres('lijian-battery-')
  key = ''
  readonly tills: Till[] = []

  static async open(): Promise<Ground> {
    const ground = new Ground()
    try {
      await ground.postgres.open()
      ground.key = await furnishBattery(ground.postgres.url)
      for (const n of [0, 1]) await ground.startTill(n)
      return ground
    } catch (error) {
      await ground.close()
      throw error
    }
  }

  /** On a new port; the cable of before is used again. Resolves when it is ready. */
  async startTill(n: number, skewMs = 0): Promise<void> {
    const cable = this.tills[n]?.cable ?? (await Cable.to(this.postgres.serviceUrl))
    const port = await freePort()
    const child = forkSource(
      API,
      {
        DATABASE_URL: cable.url,
        TEMPORAL_ADDRESS: `127.0.0.1:${await freePort()}`,
        LIJIAN_API_PORT: String(port),
        LIJIAN_TOKEN_KEY: '11'.repeat(32),
        LIJIAN_DRAW_KEY: '22'.repeat(32),
        LIJIAN_ACCOUNT_KEY: '33'.repeat(32),
        LIJIAN_LOG_LEVEL: 'silent',
        // A machine that others use too: late is what the fault makes late.
        LIJIAN_QUERY_DEADLINE_MS: '1000',
        FIRE_SKEW_MS: String(skewMs),
      },
      [],
      ['-r', join(__dirname, 'skewed-clock.cjs')],
    )
    for (const stream of [child.stdout!, child.stderr!]) stream.resume()
    const till = { process: child, cable, base: `http://127.0.0.1:${port}` }
    this.tills[n] = till
    const end = Date.now() + READY_WITHIN_MS
    while (!(await this.#isUp(till))) {
      if (Date.now() > end) throw new Error(`API process ${n} is not ready within ${READY_WITHIN_MS / 1000} s`)
      await sleep(100)
    }
  }

  async #isUp({ base }: Till): Promise<boolean> {
    return fetch(`${base}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    )
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

  /** What does not agree, over all checks of the books. */
  async disagreements(): Promise<CheckResult[]> {
    const all = await verifyBooks({ databaseUrl: this.postgres.url })
    return all.filter(({ wrong }) => wrong.length > 0)
  }

  async close(): Promise<void> {
    for (const { process: child, cable } of this.tills) {
      child.kill('SIGKILL')
      await cable.close()
    }
    await this.postgres.close()
  }
}
