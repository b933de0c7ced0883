import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { existsSync } from 'node:fs'
import { DEFAULT_PORTS, type Environment, loadStackConfig, type StackConfig } from '@lijian/config'
import { loadSecrets, type Secrets } from './secrets'

/** What every server may look at. */
export interface Stack {
  config: StackConfig
  /** The root of the repository. */
  root: string
  dataDir: string
  logDir: string
  cacheDir: string
  secrets: Secrets
  /** What was added to every default port. */
  portOffset: number
  /** What nobody may have in production: keys of development, and dates that are closed early. In a database that is given by request alone. */
  devKeys: boolean
  /** Environment of the programs that are started; grows while servers teach their addresses. */
  env: Record<string, string | undefined>
  /** A change of PostgreSQL's settings, for tests. */
  postgresSettings: Readonly<Record<string, string>>
  say(line: string): void
}

export interface StackOptions {
  env?: Environment
  portOffset?: number
  devKeys?: boolean
  postgresSettings?: Readonly<Record<string, string>>
  say?: (line: string) => void
}

export function makeStack(options: StackOptions = {}): Stack {
  const { env = process.env, portOffset = 0, devKeys = false, postgresSettings = {}, say } = options
  const root = repositoryRoot()
  const shifted = { ...env, ...shiftedPorts(env, portOffset) }
  const config = loadStackConfig(shifted)
  const dataDir = resolve(root, config.dataDir)
  return {
    config,
    root,
    dataDir,
    logDir: join(dataDir, 'logs'),
    cacheDir: resolve(config.cacheDir.replace(/^~(?=\/|$)/, homedir())),
    secrets: loadSecrets(dataDir, shifted),
    portOffset,
    devKeys: devKeys || config.databaseUrl === undefined,
    env: { ...shifted, LIJIAN_DATA_DIR: dataDir },
    postgresSettings,
    say: say ?? (() => undefined),
  }
}

/** The default ports, moved together so that a second clone can run beside the first; a port given by name stays. */
function shiftedPorts(env: Environment, offset: number): Record<string, string> {
  if (offset === 0) return {}
  const moved = Object.entries(DEFAULT_PORTS).filter(([name]) => !env[name])
  return Object.fromEntries(moved.map(([name, port]) => [name, String(port + offset)]))
}

/** The sources and the build stand at different depths, so the root is looked for and not counted. */
export function repositoryRoot(from = __dirname): string {
  if (existsSync(join(from, 'nx.json'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error('the root of the repository (nx.json) was not found')
  return repositoryRoot(parent)
}
