import type { Sealer } from '@lijian/privacy'
import { hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { startApi, type RunningApi } from '@lijian/api'
import { encryptedDataConverter, LijianClient, type HttpDoor, type TemporalDoor } from '@lijian/client'
import { loadConfig, payloadKeysOf, type Config } from '@lijian/config'
import { ApiKeys, Clients, makeKeyPerson } from '@lijian/identity'
import { CampaignEntity, CampaignVersionEntity, dataSource, MerchantEntity } from '@lijian/database'
import { createLogger } from '@lijian/telemetry'
import { freePort, sourceExecArgv, testDatabase, testTemporal, type TestTemporal } from '@lijian/testing'
import { Client } from '@temporalio/client'
import { Client as Sql } from 'pg'
import { sealerOf } from '../edge'
import { startWorker, type RunningWorker } from '../start'
import { Receiver } from './receiver'

export const SECRET = 'whsec_test'
let houses = 0

/** 满100减15, everywhere, with room for `count` grants. */
const campaign = (count: number) => ({
  code: 'CCB-Q4',
  name: '建行秋季立减',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'postpay' as const,
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  offers: [
    {
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount' as const,
      priority: 0,
      budget: { count },
      rule: { benefit: { type: 'reduce' as const, tiers: [{ atLeast: 10_000, off: 1500 }] } },
    },
  ],
})

/** The whole house in one process: API, worker and relay over real servers, a webhook, and a transaction system's client. */
export interface Stage {
  /** The client's code: workflows of several houses live on one Temporal server. */
  client: string
  config: Config
  /** As the owner of the tables. */
  databaseUrl: string
  sql: Sql
  temporal: TestTemporal
  /** Of Temporal, with the stage's payload encryption. */
  temporalClient: Client
  http: HttpDoor
  door: TemporalDoor
  receiver: Receiver
  logs: string[]
  worker: RunningWorker
  api: RunningApi
  apiUrl: string
  apiKey: string
  /** Asks the API as finance, with the key of a client: a clearing system's. */
  finance: Ask
  /** Two people of operations: one makes, the other checks. */
  maker: Ask
  checker: Ask
  close(): Promise<void>
}

/** A text is sent as the file that it is. */
export type Ask = <Answer>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: unknown,
) => Promise<Answer & { status: number }>

export async function openStage(
  options: {
    room?: number
    webhook?: boolean
    payloadKey?: string
    /** Of the worker, where it differs: a zone that is ahead of the API's makes today's payments a date that is over. */
    workerTimeZone?: string
    environment?: Readonly<Record<string, string>>
    /** A routing document that is live before anything starts. */
    routing?: object
  } = {},
): Promise<Stage> {
  const [database, temporal, receiver] = await Promise.all([testDatabase(), testTemporal(), new Receiver().open()])
  const client = `till-${process.pid}-${Date.now().toString(36)}-${++houses}`
  const clearingDir = await mkdtemp(join(tmpdir(), 'lijian-clearing-'))
  const config = loadConfig({
    DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: temporal.address,
    LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
    LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
    LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    LIJIAN_PAYLOAD_KEY: options.payloadKey,
    LIJIAN_METRICS_PORT: String(await freePort()),
    LIJIAN_CODEC_PORT: String(await freePort()),
    LIJIAN_TASK_QUEUE: client,
    LIJIAN_RELAY_START_DELAY_MS: '0',
    // Tests share two cores with others: no answer here is about time.
    LIJIAN_QUERY_DEADLINE_MS: '10000',
    LIJIAN_LOG_LEVEL: 'debug',
    LIJIAN_CLEARING_DIR: clearingDir,
    LIJIAN_CLEARING_AFTER_MINUTES: 'off',
    ...options.environment,
  })
  const webhook = options.webhook ? { webhookUrl: receiver.url, webhookSecret: SECRET } : {}
  const { apiKey, financeKey, makerKey, checkerKey } = await furnish(
    database.url,
    client,
    webhook,
    options.room ?? 1000,
    sealerOf(config),
  )
  const sql = new Sql({ connectionString: database.url })
  await sql.connect()
  if (options.routing !== undefined)
    await sql.query(`INSERT INTO routing_version (version, document, maker) VALUES (1, $1, 'm')`, [
      JSON.stringify(options.routing),
    ])
  const logs: string[] = []
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      logs.push(chunk.toString())
      done()
    },
  })
  const log = createLogger({ service: 'api', level: 'debug', destination })
  const api = await startApi(config, log, Date.now, sourceExecArgv)
  const apiUrl = await api.app.listen({ host: '127.0.0.1', port: 0 })
  const worker = await startWorker(
    { ...config, timeZone: options.workerTimeZone ?? config.timeZone },
    createLogger({ service: 'worker', level: 'debug', destination }),
  )
  const [key, ...keys] = payloadKeysOf(config)
  const dataConverter = key && encryptedDataConverter(key, ...keys)
  const temporalClient = new Client({ connection: temporal.connection, ...(dataConverter ? { dataConverter } : {}) })
  const { tokenKeys, taskQueue } = config
  return {
    client,
    config,
    databaseUrl: database.url,
    sql,
    temporal,
    temporalClient,
    receiver,
    logs,
    worker,
    api,
    apiUrl,
    apiKey,
    finance: asking(apiUrl, financeKey),
    maker: asking(apiUrl, makerKey),
    checker: asking(apiUrl, checkerKey),
    http: LijianClient.http({ baseUrl: apiUrl, apiKey, queryTimeoutMs: 10_000 }),
    door: LijianClient.temporal({
      client: temporalClient,
      clientCode: client,
      apiKey,
      taskQueue,
      tokenKey: tokenKeys[0]!.key,
      queryTimeoutMs: 10_000,
    }),
    async close() {
      await worker.stop()
      await api.close()
      await receiver.close()
      await sql.end()
      await temporal.close()
      await database.drop()
      await rm(clearingDir, { recursive: true, force: true })
    },
  }
}

function asking(apiUrl: string, key: string): Ask {
  return async (method, path, body) => {
    const isFile = typeof body === 'string'
    const type = isFile ? 'text/csv' : 'application/json'
    const answer = await fetch(apiUrl + path, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    })
    return { ...((await answer.json()) as object), status: answer.status } as never
  }
}

async function furnish(
  url: string,
  client: string,
  webhook: object,
  room: number,
  sealer: Sealer,
): Promise<Record<'apiKey' | 'financeKey' | 'makerKey' | 'checkerKey', string>> {
  const source = await dataSource(url, { poolSize: 1 }).initialize()
  await new Clients(source, { sealer }).put(client, { name: 'till', ...webhook })
  const document = campaign(room)
  const { code } = document
  await source.getRepository(CampaignEntity).save({ code, liveVersion: 1, latestVersion: 1 })
  await source
    .getRepository(CampaignVersionEntity)
    .save({ code, version: 1, document, state: 'approved', maker: 'm', checker: 'c' })
  await source
    .getRepository(MerchantEntity)
    .save({ id: 'M1', document: { id: 'M1', name: 'Noodles', fees: { default: { ppm: 6000 } } }, updatedBy: 'm' })
  const keys = new ApiKeys(source)
  const { key: apiKey } = await keys.make({ client, name: 'till', scopes: ['transactions'] })
  const { key: financeKey } = await keys.make({ client, name: 'finance', scopes: ['finance', 'read'] })
  const both = ['cases', 'reconciliation', 'read'] as const
  const login = client.toLowerCase()
  const { key: makerKey } = await makeKeyPerson(source, {
    client,
    login: `maker.${login}`,
    name: 'maker',
    scopes: ['partners', 'funding.make', 'campaigns.make', ...both],
  })
  const { key: checkerKey } = await makeKeyPerson(source, {
    client,
    login: `checker.${login}`,
    name: 'checker',
    scopes: ['funding.check', 'campaigns.check', 'finance', ...both],
  })
  await source.destroy()
  return { apiKey, financeKey, makerKey, checkerKey }
}
