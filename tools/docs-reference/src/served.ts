import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { startApi } from '@lijian/api'
import { createLogger } from '@lijian/telemetry'
import { Registry } from 'prom-client'
import type { OpenApi } from './pages/api'
import { type MetricShape, shapesOf } from './pages/metrics'
import { ROOT } from './root'

export interface Served {
  openapi: OpenApi
  metrics: MetricShape[]
}

const nowhere = () => new Writable({ write: (_chunk, _encoding, done) => done() })

/** Starts the api over a migrated database, asks it to describe itself, and stops it. */
export async function served(databaseUrl: string, threadExecArgv: string[]): Promise<Served> {
  const registries = new Set<Registry>()
  const { registerMetric } = Registry.prototype
  Registry.prototype.registerMetric = function register(metric) {
    registries.add(this as Registry)
    return registerMetric.call(this, metric)
  }
  try {
    const api = await startApi(
      {
        databaseUrl,
        tokenKeys: [{ id: 'docs', key: randomBytes(32) }],
        drawKey: randomBytes(32),
        accountKeys: [{ id: 'docs', key: randomBytes(32) }],
        timeZone: 'Asia/Shanghai',
        cutOff: '24:00',
        earlyClose: 'off',
        relayStartDelayMs: 0,
        batchMax: 64,
        waitingMax: 1000,
        queryDeadlineMs: 1000,
        holdSeconds: 900,
        holdSecondsByMethod: {},
        clockSkewSeconds: 300,
        bodyLimitBytes: 65_536,
        apiConnectionsMax: 8192,
        rateLimitPerSecond: 1000,
        peopleRatePerSecond: 1000,
        refusalsPerSecond: 1000,
        decisionLog: 'none',
        reconciliationBufferDays: 3,
        staleAfterSeconds: 30,
        profile: 'dev',
        dataDir: tmpdir(),
      },
      createLogger({ service: 'docs', level: 'error', destination: nowhere() }),
      Date.now,
      threadExecArgv,
    )
    try {
      const openapi = committed()
      const metrics = [...registries].flatMap(shapesOf).filter(({ name }) => name.startsWith('lijian_'))
      return { openapi, metrics }
    } finally {
      await api.close()
    }
  } finally {
    Registry.prototype.registerMetric = registerMetric
  }
}

/** The document that apps/api keeps and serves; its own test holds it against the table. */
const committed = () => JSON.parse(readFileSync(join(ROOT, 'apps', 'api', 'openapi.json'), 'utf8')) as OpenApi
