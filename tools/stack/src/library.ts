import { freePort } from './core/ports'
import { launch, type Running } from './core/launch'
import type { Program, Server, Task } from './core/server'
import { makeStack, type StackOptions } from './core/stack'
import { postgres } from './servers/postgres'
import { temporalCluster } from './servers/temporal-cluster'
import { temporalDev } from './servers/temporal-dev'
import { temporalSchema } from './servers/temporal-schema'

export interface StartOptions {
  /** Data, logs and the password; may exist already. */
  dataDir: string
  /** 0 or absent: a free one. */
  port?: number
  say?: (line: string) => void
}

export interface StartedPostgres {
  url: string
  stop(): Promise<void>
}

/** The same PostgreSQL that `./lijian up` starts, for tests and benches. Own servers (DATABASE_URL) are left alone. */
export async function startPostgres(
  options: StartOptions & { settings?: Readonly<Record<string, string>> },
): Promise<StartedPostgres> {
  const LIJIAN_POSTGRES_PORT = String(options.port || (await freePort()))
  const running = await startOne(postgres, options, { LIJIAN_POSTGRES_PORT }, { postgresSettings: options.settings })
  return { url: running.program.teach['DATABASE_URL'] ?? '', stop: running.stop }
}

export interface StartedTemporal {
  address: string
  uiUrl: string
  stop(): Promise<void>
}

/** The same Temporal development server that `./lijian up` starts. */
export async function startTemporalDev(
  options: StartOptions & { uiPort?: number; namespace?: string },
): Promise<StartedTemporal> {
  const uiPort = String(options.uiPort || (await freePort()))
  const env = {
    LIJIAN_TEMPORAL_PORT: String(options.port || (await freePort())),
    LIJIAN_TEMPORAL_UI_PORT: uiPort,
    TEMPORAL_NAMESPACE: options.namespace,
  }
  const running = await startOne(temporalDev, options, env)
  return { address: running.program.address, uiUrl: `http://127.0.0.1:${uiPort}`, stop: running.stop }
}

/** The real Temporal server on a PostgreSQL that runs already, as the profile `cluster` starts it, without its UI. */
export async function startTemporalCluster({
  dataDir,
  databaseUrl,
  say,
}: StartOptions & { databaseUrl: string }): Promise<StartedTemporal> {
  const env = { DATABASE_URL: databaseUrl, LIJIAN_TEMPORAL_PORT: String(await freePort()), LIJIAN_PROFILE: 'cluster' }
  const { PATH, HOME, LIJIAN_CACHE_DIR } = process.env
  const stack = makeStack({ say, env: { PATH, HOME, LIJIAN_CACHE_DIR, LIJIAN_DATA_DIR: dataDir, ...env } })
  await ((await temporalSchema.resolve(stack)) as Task).run()
  const running = await startOne(temporalCluster, { dataDir, say }, env)
  return { address: running.program.address, uiUrl: '', stop: running.stop }
}

async function startOne(
  server: Server,
  { dataDir, say }: StartOptions,
  env: Record<string, string | undefined>,
  more: StackOptions = {},
): Promise<Running> {
  const { PATH, HOME, LIJIAN_CACHE_DIR } = process.env
  const stack = makeStack({ ...more, say, env: { PATH, HOME, LIJIAN_CACHE_DIR, LIJIAN_DATA_DIR: dataDir, ...env } })
  const running = await launch(server, (await server.resolve(stack)) as Program, stack)
  // A test run that ends without its teardown leaves no server behind.
  const abandon = () => {
    if (!running.child.hasExited()) process.kill(running.child.identity.pid, running.program.stopSignal)
  }
  process.once('exit', abandon)
  return {
    ...running,
    stop: async () => {
      process.removeListener('exit', abandon)
      await running.stop()
    },
  }
}
