import { onlyKey } from '@lijian/privacy'
import { randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Scope } from '@lijian/contracts/people'
import { ApiKeys, Clients, makeKeyPerson } from '@lijian/identity'
import { dataSource } from '@lijian/database'
import { createLogger } from '@lijian/telemetry'
import { Cable, sourceExecArgv, testDatabase } from '@lijian/testing'
import type { ApiConfig } from '../api-config'
import { startApi } from '../start'
import { agreeing } from './agreed'
import type { Answer, Ask, Who, WithKey } from './ask'

export type { Answer, Who, WithKey } from './ask'

export const SCOPES: Record<WithKey, Scope[]> = {
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
  both: ['funding.make', 'funding.check', 'finance'],
  // Beside the maker: what one administrator proposes another approves.
  admin2: ['admin'],
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
  ask: Ask
  /** What waits for another person is approved by another one, and asked for again: answers what is in force. */
  agreed: Ask
  /** Asks, and approves as the second administrator what waits then. The answer is the first one. */
  approved(who: Who, method: string, path: string, body?: unknown): Promise<Answer>
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
  const send: Ask = async (who, method, path, sent, headers = {}) => {
    const body = await withHash(path, sent, (shown) => send(who, 'GET', shown))
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
  }
  const approve = async (asked: Answer): Promise<Answer> => {
    const { id, hash } = (asked.body.proposal ?? asked.body) as { id: number; hash: string }
    const approved = await send('admin2', 'POST', `/v1/proposals/${id}/approve`, { hash })
    if (approved.status !== 200) throw new Error(approved.text)
    return asked
  }
  return {
    url: database.url,
    base,
    inside,
    config,
    running,
    logs,
    keys,
    async ask(who, method, path, body, headers) {
      const asked = await send(who, method, path, body, headers)
      return asked.status === 202 && path === '/v1/api-keys' && who !== 'nobody' ? approve(asked) : asked
    },
    async approved(who, method, path, body) {
      const asked = await send(who, method, path, body)
      return asked.status === 202 ? approve(asked) : asked
    },
    agreed: agreeing(send),
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
    const isMachine = who === 'system' || who === 'other'
    const client = isMachine ? who : 'people'
    await new Clients(source).put(client, { name: client })
    const key = isMachine
      ? new ApiKeys(source).make({ client, name: who, scopes })
      : makeKeyPerson(source, { client, login: who, name: who, scopes })
    made[who] = (await key).key
  }
  await source.destroy()
  return made
}

/** An approval of a campaign says what was seen: whatever stands there now, where a test does not care. A body as text is sent as it is. */
async function withHash(path: string, sent: unknown, read: (path: string) => Promise<Answer>): Promise<unknown> {
  const [, shown] = /^(\/v1\/campaigns\/[^/]+)(?:\/offers\/[^/]+)?\/approve$/.exec(path) ?? []
  if (shown === undefined || typeof sent === 'string' || Object.hasOwn(Object(sent), 'hash')) return sent
  const { hash = '0'.repeat(64) } = (await read(shown)).body
  return { ...(sent as object | undefined), hash }
}
