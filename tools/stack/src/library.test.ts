import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Connection } from '@temporalio/client'
import { Client } from 'pg'
import { startPostgres, startTemporalDev } from './library'

const dataDir = mkdtempSync(join(tmpdir(), 'lijian-stack-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

async function one(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ answer: unknown }>(sql)
  await client.end()
  return rows[0]?.answer
}

test('PostgreSQL keeps its data over a stop, takes settings, and refuses a second start on the same data by name', async () => {
  const first = await startPostgres({ dataDir })
  await one(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer')
  expect(await one(first.url, `SELECT current_setting('fsync') AS answer`)).toBe('on')
  await expect(startPostgres({ dataDir })).rejects.toThrow(
    new RegExp(`postgres: the data in ${dataDir}/postgres is in use by process \\d+`),
  )
  await first.stop()

  const second = await startPostgres({ dataDir, settings: { work_mem: '9MB' } })
  expect(await one(second.url, 'SELECT answer FROM kept')).toBe(42)
  expect(await one(second.url, `SELECT current_setting('work_mem') AS answer`)).toBe('9MB')
  await second.stop()
  await expect(one(second.url, 'SELECT 1 AS answer')).rejects.toThrow('ECONNREFUSED')
})

test('Temporal answers in its namespace and refuses a second start on the same data by name', async () => {
  const first = await startTemporalDev({ dataDir, namespace: 'shop' })
  const connection = await Connection.connect({ address: first.address })
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'shop' })
  expect(namespaceInfo?.name).toBe('shop')
  await connection.close()
  expect((await fetch(first.uiUrl)).status).toBe(200)
  await expect(startTemporalDev({ dataDir })).rejects.toThrow(
    new RegExp(`temporal: the data in ${dataDir}/temporal is in use by process \\d+`),
  )
  await first.stop()

  const second = await startTemporalDev({ dataDir, namespace: 'shop' })
  await second.stop()
})

test('PostgreSQL comes up when each connection takes a second', async () => {
  const slowDir = mkdtempSync(join(tmpdir(), 'lijian-slow-'))
  const slow = await startPostgres({ dataDir: slowDir, settings: { post_auth_delay: '1' } })
  expect(await one(slow.url, 'SELECT current_database() AS answer')).toBe('lijian')
  await slow.stop()
  rmSync(slowDir, { recursive: true, force: true })
})
