import { freePort, portTaken } from './core/ports'
import { launch, type Running } from './core/launch'
import type { Program, Server } from './core/server'
import { makeStack, type Stack, type StackOptions } from './core/stack'
import { postgres } from './servers/postgres'
import { temporalCluster } from './servers/temporal-cluster'
import { internalPorts } from './servers/temporal-cluster-config'
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
  const stack = stackFor(options, { LIJIAN_POSTGRES_PORT }, { postgresSettings: options.settings })
  const running = await startIn(stack, postgres)
  return { url: running.program.teach['DATABASE_URL'] ?? '', stop: running.stop }
}

export interface StartedTemporal {
  address: string
  uiUrl: string
  /** By SIGKILL; its data stays. */
  kill(): void
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
  const running = await startIn(stackFor(options, env), temporalDev)
  return {
    address: running.program.address,
    uiUrl: `http://127.0.0.1:${uiPort}`,
    kill: running.kill,
    stop: running.stop,
  }
}

export interface StartedCluster {
  address: string
  stop(): Promise<void>
}

/** The real Temporal server of the cluster profile, its databases beside the given one. */
export async function startTemporalCluster(
  options: StartOptions & { databaseUrl: string; namespace?: string },
): Promise<StartedCluster> {
  const stack = stackFor(options, {
    DATABASE_URL: options.databaseUrl,
    LIJIAN_TEMPORAL_PORT: String(options.port || (await freeClusterPort())),
    TEMPORAL_NAMESPACE: options.namespace,
  })
  const schema = await temporalSchema.resolve(stack)
  if (schema.kind === 'task') await schema.run()
  const running = await startIn(stack, temporalCluster)
  return { address: running.program.address, stop: running.stop }
}

/** One whose neighbours, on which the services find each other, are free too. */
async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort()
    const taken = await Promise.all(internalPorts(port).map(portTaken))
    if (!taken.includes(true)) return port
  }
}

/** Nothing of the caller's settings but where programs are: a test is the same on every machine. */
function stackFor(
  { dataDir, say }: StartOptions,
  env: Record<string, string | undefined>,
  more: StackOptions = {},
): Stack {
  const { PATH, HOME, LIJIAN_CACHE_DIR } = process.env
  return makeStack({ ...more, say, env: { PATH, HOME, LIJIAN_CACHE_DIR, LIJIAN_DATA_DIR: dataDir, ...env } })
}

async function startIn(stack: Stack, server: Server): Promise<Running & { kill(): void }> {
  const running = await launch(server, (await server.resolve(stack)) as Program, stack)
  // A test run that ends without its teardown leaves no server behind.
  const abandon = () => {
    if (!running.child.hasExited()) process.kill(running.child.identity.pid, running.program.stopSignal)
  }
  process.once('exit', abandon)
  return {
    ...running,
    kill: () => void (running.child.hasExited() || process.kill(running.child.identity.pid, 'SIGKILL')),
    stop: async () => {
      process.removeListener('exit', abandon)
      await running.stop()
    },
  }
}
