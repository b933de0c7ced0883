import { randomBytes } from 'node:crypto'
import { Client } from 'pg'

/** The server that the run's global setup started (global-setup.ts). */
function serverUrl(): string {
  const url = process.env.LIJIAN_TEST_DATABASE_URL
  if (!url) throw new Error('no test server: run tests with jest from the root, its global setup starts PostgreSQL')
  return url
}

async function admin(sql: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

export interface TestDatabase {
  /** As the owner of its tables. */
  url: string
  /** As api and worker log in: a member of `lijian_app`. */
  appUrl: string
  /** Removes it with whoever is still connected. */
  drop: () => Promise<void>
}

/** A migrated database of its own for one test file, copied from a template. */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `t_${randomBytes(6).toString('hex')}`
  await admin(`CREATE DATABASE ${name} TEMPLATE lijian_template`)
  const within = (server: string) => {
    const url = new URL(server)
    url.pathname = `/${name}`
    return url.toString()
  }
  const appUrl = within(process.env.LIJIAN_TEST_APP_DATABASE_URL!)
  return { url: within(serverUrl()), appUrl, drop: () => admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

export { testTemporal, testWorkflowBundle, type TestTemporal } from './temporal'
export { forkSource, sourceExecArgv } from './child'
export { Cable } from './cable'
export { freePort } from '@lijian/stack/ports'
export { proxyTo } from './network'
export { recordHistory, replayHistories } from './histories'
export { workflowStage } from './workflow-stage'
export { putRows, rowsOf, type TableRows } from './rows'
