import { chownSync, mkdirSync, mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answersTo, createDatabase } from '../core/database'
import type { Holder, Program, Server, Source } from '../core/server'
import type { Stack } from '../core/stack'
import { accountFor, commandAs } from '../programs/account'
import { findPostgres, type PostgresPrograms } from '../programs/postgres'
import { run } from '../programs/run'

const user = 'lijian'
const database = 'lijian'
/** What api and worker log in as; the migrations make it. */
const appUser = 'lijian_service'
const host = '127.0.0.1'

/** For one developer's machine. Durability is PostgreSQL's own default: what is acknowledged survives a crash here too. */
const settings = {
  listen_addresses: host,
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '512MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  // The hot path is many small statements; compiling them costs more than running them.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

export const postgres: Server = {
  name: 'postgres',
  needs: [],
  ports: ({ config }) => (config.databaseUrl ? [] : [{ port: config.postgresPort, variable: 'LIJIAN_POSTGRES_PORT' }]),
  async resolve(stack): Promise<Source> {
    const { databaseUrl } = stack.config
    if (databaseUrl) return given(databaseUrl)
    const dataDir = join(stack.dataDir, 'postgres')
    return program(stack, dataDir, await findPostgres(dataDir, stack.env['PATH']))
  },
}

const given = (url: string): Source => ({
  kind: 'given',
  address: new URL(url).host,
  teach: { DATABASE_URL: url },
  ready: () => answersTo(url),
})

function program(stack: Stack, dataDir: string, programs: PostgresPrograms): Program {
  const { postgresPort } = stack.config
  const password = stack.secrets.postgresPassword
  const at = (login: string, secret: string, name: string) =>
    `postgresql://${login}:${secret}@${host}:${postgresPort}/${name}`
  const url = (name: string) => at(user, password, name)
  const all = Object.entries({ ...settings, ...stack.postgresSettings, port: String(postgresPort) })
  return {
    kind: 'program',
    origin: programs.origin,
    address: `${host}:${postgresPort}`,
    teach: { DATABASE_URL: url(database), LIJIAN_APP_DATABASE_URL: at(appUser, stack.secrets.appPassword, database) },
    // PostgreSQL's "fast" shutdown: sessions are ended, nothing is lost.
    stopSignal: 'SIGINT',
    readyWithinMs: 60_000,
    holder: () => postmaster(dataDir),
    prepare: () => initialise(stack, dataDir, programs, password),
    command: () =>
      commandAs(
        accountFor(dataDir),
        {
          file: programs.postgres,
          args: ['-D', dataDir, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
        },
        [dataDir, programs.postgres],
      ),
    ready: () => answersTo(url('postgres')),
    settle: () => createDatabase(url('postgres'), database),
  }
}

/** PostgreSQL's own lock file names its process; one left behind by a crash names none that runs. */
function postmaster(dataDir: string): Holder | undefined {
  const file = join(dataDir, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const [firstLine = ''] = readFileSync(file, 'utf8').split('\n')
  const pid = Number(firstLine)
  return isPostgres(pid) ? { pid, data: dataDir } : undefined
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
    if (process.platform !== 'linux') return true
    // After a crash the number may belong to another program by now.
    return readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')
  } catch {
    return false
  }
}

async function initialise(stack: Stack, dataDir: string, programs: PostgresPrograms, password: string): Promise<void> {
  if (existsSync(join(dataDir, 'PG_VERSION'))) return
  stack.say('making its data directory')
  // An earlier attempt that was interrupted left no version file and nothing worth keeping.
  rmSync(dataDir, { recursive: true, force: true })
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const secretDir = mkdtempSync(join(tmpdir(), 'lijian-initdb-'))
  const passwordFile = join(secretDir, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const account = accountFor(dataDir)
  if (account) for (const path of [dataDir, secretDir, passwordFile]) chownSync(path, account.uid, account.gid)
  const args = [
    `--pgdata=${dataDir}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--data-checksums',
  ]
  try {
    const command = commandAs(account, { file: programs.initdb, args }, [dataDir, programs.initdb, passwordFile])
    await run({ ...command, env: { LC_ALL: 'C' }, cwd: '/' }, process.env)
  } finally {
    rmSync(secretDir, { recursive: true, force: true })
  }
}
