import { onlyKey } from '@lijian/privacy'
import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Scope } from '@lijian/contracts/people'
import { ApiKeys, Clients } from '@lijian/identity'
import { dataSource } from '@lijian/database'
import { createLogger } from '@lijian/telemetry'
import { Cable, sourceExecArgv, testDatabase } from '@lijian/testing'
import type { ApiConfig } from '../api-config'
import { startApi } from '../start'

export interface Answer {
  status: number
  body: Record<string, unknown>
  text: string
  headers: Record<string, string>
}

/** `operator` asks the internal listener, without a key. */
export type Who = 'maker' | 'checker' | 'both' | 'finance' | 'system' | 'other' | 'nobody' | 'operator'
export type WithKey = Exclude<Who, 'nobody' | 'operator'>

const SCOPES: Record<WithKey, Scope[]> = {
  maker: [
    'campaigns.make',
    'merchants',
    'routing',
    'card-groups',
    'partners',
    'funding.make',
    'cases',
    'reconciliation',
    'read',
    'admin',
  ],
  checker: ['campaigns.check', 'routing', 'funding.check', 'cases', 'reconciliation', 'read'],
  both: ['funding.make', 'funding.check'],
  finance: ['finance', 'read'],
  system: ['transactions'],
  other: ['transactions'],
}

export interface TestApi {
  url: string
  base: string
  /** Where operators ask: readiness, metrics, documentation. */
  inside: string
  config: ApiConfig
  running: Awaited<ReturnType<typeof startApi>>
  logs: string[]
  keys: Record<WithKey, string>
  ask(who: Who, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** The API's road to PostgreSQL; with `breakable` only. */
  cable: Cable
  /** With `breakable`: PostgreSQL is gone from here on. */
  breakConnections(): Promise<void>
  stop(): Promise<void>
}

/** The whole API over a database of its own, asked over HTTP. */
export async function testApi(changed: Partial<ApiConfig> = {}, { breakable = false } = {}): Promise<TestApi> {
  const database = await testDatabase()
  const cable = breakable ? await Cable.to(database.appUrl) : undefined
  const keys = await makeKeys(database.url)
  const logs: string[] = []
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logs.push(chunk.toString())
      done()
    },
  })
  const config: ApiConfig = {
    databaseUrl: cable?.url ?? database.appUrl,
    tokenKeys: onlyKey(randomBytes(32)),
    drawKey: randomBytes(32),
    accountKeys: onlyKey(randomBytes(32)),
    timeZone: 'Asia/Shanghai',
    cutOff: '24:00',
    earlyClose: 'off',
    relayStartDelayMs: 0,
    batchMax: 256,
    waitingMax: 10_000,
    // Tests share two cores with others: no answer here is about time.
    queryDeadlineMs: 10_000,
    holdSeconds: 900,
    holdSecondsByMethod: { qr: 7200 },
    clockSkewSeconds: 300,
    bodyLimitBytes: 65_536,
    apiConnectionsMax: 8192,
    rateLimitPerSecond: 100_000,
    peopleRatePerSecond: 100_000,
    refusalsPerSecond: 100_000,
    decisionLog: 'bound',
    reconciliationBufferDays: 3,
    staleAfterSeconds: 30,
    profile: 'dev',
    dataDir: await mkdtemp(join(tmpdir(), 'lijian-api-')),
    ...changed,
  }
  const running = await startApi(
    config,
    createLogger({ service: 'test', level: 'debug', destination }),
    Date.now,
    sourceExecArgv,
  )
  const base = await running.app.listen({ host: '127.0.0.1', port: 0 })
  const inside = await running.internal.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: database.url,
    base,
    inside,
    config,
    running,
    logs,
    keys,
    async ask(who, method, path, body, headers = {}) {
      const init: RequestInit = {
        method,
        headers: {
          ...(who === 'nobody' || who === 'operator' ? {} : { authorization: `Bearer ${keys[who]}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      }
      const reply = await fetch((who === 'operator' ? inside : base) + path, init)
      const type = reply.headers.get('content-type') ?? ''
      const text = await reply.text()
      return {
        status: reply.status,
        body: type.includes('json') ? (JSON.parse(text) as Record<string, unknown>) : {},
        text,
        headers: Object.fromEntries(reply.headers),
      }
    },
    // Only of what is breakable.
    cable: cable as Cable,
    breakConnections: async () => cable?.cut(),
    async stop() {
      // Where connections are dead something may not close in time, and this says so after the rest is gone.
      try {
        await running.close()
      } finally {
        await cable?.close()
        await database.drop()
      }
    },
  }
}

async function makeKeys(url: string): Promise<TestApi['keys']> {
  const source = await dataSource(url).initialize()
  const made = {} as TestApi['keys']
  for (const [who, scopes] of Object.entries(SCOPES) as [WithKey, Scope[]][]) {
    const client = who === 'system' || who === 'other' ? who : 'people'
    await new Clients(source).put(client, { name: client })
    made[who] = (await new ApiKeys(source).make({ client, name: who, scopes })).key
  }
  await source.destroy()
  return made
}
