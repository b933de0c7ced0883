import { setTimeout } from 'node:timers/promises'
import { createLogger } from '@lijian/telemetry'
import { Client } from 'pg'
import { CONNECTIONS, CONNECTIONS_MAX } from './connections'
import { startApi } from './start'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let looker: Client
beforeAll(async () => {
  api = await testApi()
  looker = new Client({ connectionString: api.url, application_name: 'looker' })
  await looker.connect()
})
afterAll(async () => {
  await looker.end()
  await api.stop()
})

async function connections(): Promise<Map<string, number>> {
  const { rows } = await looker.query<{ name: string; count: number }>(
    `SELECT application_name AS name, count(*)::int AS count FROM pg_stat_activity
     WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() GROUP BY 1`,
  )
  return new Map(rows.map(({ name, count }) => [name, count]))
}

const sumOf = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)

test('under requests of each kind there are at most as many connections as the table says, each under its name', async () => {
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  const asks = Array.from({ length: 20 }, (_unused, i) => [
    api.ask('system', 'POST', '/v1/transactions', payment(`T${i}`)),
    api.ask('maker', 'GET', '/v1/campaigns'),
    api.ask('maker', 'GET', '/v1/partners'),
    api.ask('maker', 'GET', '/v1/accounts'),
    api.ask('maker', 'GET', '/v1/transactions'),
    api.ask('maker', 'GET', '/v1/clearing-runs'),
    api.ask('maker', 'POST', '/v1/evaluations', { payment: payment(`E${i}`) }),
  ]).flat()
  const answers = await Promise.all(asks)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  const counts = await connections()
  for (const [name, count] of counts) {
    const rows = Object.values(CONNECTIONS).filter((row) => row.name === name)
    expect({ name, known: rows.length > 0 }).toEqual({ name, known: true })
    expect(count).toBeLessThanOrEqual(rows.reduce((sum, { max }) => sum + max, 0))
  }
  expect(sumOf(counts)).toBeGreaterThan(10)
  expect(CONNECTIONS_MAX).toBe(41)
})

test('a start that fails in its last steps leaves no connection behind', async () => {
  const before = sumOf(await connections())
  // Fastify refuses it, after every pool was opened.
  const config = { ...api.config, bodyLimitBytes: -1 }
  await expect(startApi(config, createLogger({ service: 'test', level: 'fatal' }))).rejects.toThrow()
  // A backend takes a moment to end after its client has gone.
  for (let tries = 0; tries < 100 && sumOf(await connections()) > before; tries++) await setTimeout(50)
  expect(sumOf(await connections())).toBe(before)
})
