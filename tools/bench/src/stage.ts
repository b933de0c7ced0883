import { freePort } from '@lijian/stack'
import { Client as Sql } from 'pg'
import { makeKey } from './data/keys'
import { Load } from './http/load'
import type { StreamFigures, StreamPlan } from './http/plan'
import { apiEnvironment } from './parts/environment'
import { startApp, type Served } from './processes'
import type { Bed } from './servers'
import { startTemporal, type Profile, type Temporal } from './temporal'

/** The whole product on one bed: api, worker with its relay, one of the two Temporal profiles, and load. */
export interface Stage {
  temporal: Temporal
  sql: Sql
  /** Streams until all is sent; nothing is left out as warm-up. */
  send(streams: StreamPlan[], seconds: number): Promise<StreamFigures[]>
  outboxRows(): Promise<number>
  /** Closed workflows of transactions since the database and the server were made. */
  closedCount(): Promise<number>
  close(): Promise<void>
}

export async function openStage(profile: Profile, bed: Bed, cpuProfileDir?: string): Promise<Stage> {
  const stops: (() => unknown)[] = []
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    const temporal = await startTemporal(profile, bed)
    stops.push(temporal.stop)
    const key = await makeKey(bed.databaseUrl)
    const [port, metricsPort] = [await freePort(), await freePort()]
    const env = {
      ...apiEnvironment(bed, { port, temporalAddress: temporal.address }),
      LIJIAN_METRICS_PORT: String(metricsPort),
    }
    const start = async (name: 'api' | 'worker', healthPort?: number): Promise<Served> => {
      const served = await startApp({ name, env, port, healthPort, logDir: bed.dir, cpuProfileDir })
      stops.push(served.stop)
      return served
    }
    await start('api')
    await start('worker', metricsPort)
    const load = new Load()
    stops.push(() => load.stop())
    const sql = new Sql({ connectionString: bed.databaseUrl })
    await sql.connect()
    stops.push(() => sql.end())
    return {
      temporal,
      sql,
      send: (streams, seconds) => load.run({ port, key, warmupSeconds: 0, seconds, streams }),
      outboxRows: async () => {
        const { rows } = await sql.query<{ count: string }>('SELECT count(*) FROM outbox')
        return Number(rows[0]?.count)
      },
      closedCount: () => temporal.count(`WorkflowType = 'marketingTransaction' AND ExecutionStatus = 'Completed'`),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
