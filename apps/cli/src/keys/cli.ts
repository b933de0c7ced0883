import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadConfig } from '@lijian/config'
import type { Scope } from '@lijian/contracts/people'
import { ApiKeys, Clients, makeDemoPersons, makeKeyPerson } from '@lijian/identity'
import { dataSource, LIMITS, steadyPool } from '@lijian/database'
import { enrol, ENROL_HELP, parseEnrol } from './enrol'
import { Misunderstood } from './misunderstood'
import { rotate } from './rotate'

/** What stands in .lijian/keys.json: one key for each of those who need one. */
export interface DevKeys {
  maker: string
  checker: string
  finance: string
  transactionSystem: string
}

/** Of persons, but for the transaction system's: two people decide, and keys of one are never two. */
const WHO: Readonly<Record<keyof DevKeys, { client: string; name: string; scopes: Scope[] }>> = {
  maker: {
    client: 'dev-operations',
    name: 'development maker',
    scopes: [
      'campaigns.make',
      'merchants',
      'routing',
      'card-groups',
      'partners',
      'funding.make',
      'cases',
      'reconciliation',
      'read',
      'admin',
    ],
  },
  checker: {
    client: 'dev-operations',
    name: 'development checker',
    scopes: ['campaigns.check', 'routing', 'funding.check', 'cases', 'reconciliation', 'finance', 'read', 'admin'],
  },
  finance: {
    client: 'dev-operations',
    name: 'development finance',
    scopes: ['finance', 'cases', 'reconciliation', 'read'],
  },
  transactionSystem: { client: 'dev-payments', name: 'development transaction system', scopes: ['transactions'] },
}
const CLIENTS = { 'dev-operations': 'Operations (development)', 'dev-payments': 'Transaction system (development)' }

/** Makes the development keys unless the file's keys still open every door that they are for. Returns whether it made them. */
export async function makeDevKeys(databaseUrl: string, dataDir: string): Promise<boolean> {
  const source = await dataSource(databaseUrl, { poolSize: 2 }).initialize()
  try {
    const keys = new ApiKeys(source)
    const file = join(dataDir, 'keys.json')
    if (await allKnown(keys, readKeys(file))) return false
    const clients = new Clients(source)
    for (const [code, name] of Object.entries(CLIENTS))
      if (!(await clients.exists(code))) await clients.put(code, { name })
    const made = {} as DevKeys
    for (const who of Object.keys(WHO) as (keyof DevKeys)[]) {
      const { [who]: spec } = WHO
      const isMachine = who === 'transactionSystem'
      const key = isMachine ? keys.make(spec) : makeKeyPerson(source, { ...spec, login: `dev-${who.toLowerCase()}` })
      made[who] = (await key).key
    }
    writeSecrets(dataDir, file, made)
    return true
  } finally {
    await source.destroy()
  }
}

/** Never readable by others, not even for a moment: made so under another name, then renamed. */
function writeSecrets(dataDir: string, file: string, secrets: object): void {
  mkdirSync(dataDir, { recursive: true })
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  chmodSync(temporary, 0o600)
  renameSync(temporary, file)
}

/** Persons with one-time passwords, in .lijian/persons.json. Returns the passwords of those that it made. */
export async function makeDevPersons(databaseUrl: string, dataDir: string): Promise<Record<string, string>> {
  const pool = steadyPool(databaseUrl, { name: 'lijian-demo-persons', max: 2, limits: LIMITS.work })
  try {
    const made = await makeDemoPersons(pool)
    if (Object.keys(made).length > 0) writeSecrets(dataDir, join(dataDir, 'persons.json'), made)
    return made
  } finally {
    await pool.end()
  }
}

function readKeys(file: string): Partial<DevKeys> {
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<DevKeys>
  } catch {
    return {}
  }
}

async function allKnown(keys: ApiKeys, found: Partial<DevKeys>): Promise<boolean> {
  for (const who of Object.keys(WHO) as (keyof DevKeys)[]) {
    const key = found[who]
    if (key === undefined || !(await keys.isKnown(key, WHO[who].scopes))) return false
  }
  return true
}

/** `node dist/keys/cli.js`; `./lijian up` calls it with `--dev-keys` after the migrations. */
async function main(words = process.argv.slice(2)): Promise<void> {
  if (words[0] === 'enrol') return enrolSomebody(words.slice(1))
  if (words[0] === 'rotate') {
    process.exitCode = await rotate(words.slice(1), process.env, {
      say: (line) => console.log(line),
      tell: (line) => console.error(line),
    })
    return
  }
  const unknown = words.find((word) => word !== '--dev-keys' && word !== '--dev-persons')
  if (unknown !== undefined) throw new Misunderstood(`keys: unknown word ${JSON.stringify(unknown)}; ${EXPECTED}`)
  // Asked for by name: the database may be in production.
  if (!words.includes('--dev-keys')) throw new Misunderstood(`keys: ${EXPECTED}`)
  const { databaseUrl, dataDir, profile } = loadConfig()
  const made = await makeDevKeys(databaseUrl, dataDir)
  console.log(`${made ? 'made' : 'kept'} development keys in ${join(dataDir, 'keys.json')}`)
  // By the launcher alone, for a database that it has made.
  if (!words.includes('--dev-persons') || profile !== 'dev') return
  const persons = Object.entries(await makeDevPersons(databaseUrl, dataDir))
  if (persons.length > 0) console.log(`made persons with one-time passwords in ${join(dataDir, 'persons.json')}:`)
  for (const [login, password] of persons) console.log(`  ${login.padEnd(22)} ${password}`)
}

const EXPECTED = 'expected enrol, rotate or --dev-keys'

async function enrolSomebody(words: readonly string[]): Promise<void> {
  if (words.includes('--help') || words.includes('-h')) return console.log(ENROL_HELP)
  const roles = parseEnrol(words)
  const { code, expiresAt } = await enrol(databaseUrlOf(process.env), roles)
  console.log(code)
  console.error(`good until ${expiresAt} for one person, ${roles.join(', ')}: POST /v1/enrolments takes it`)
}

function databaseUrlOf(env: NodeJS.ProcessEnv): string {
  const url = env['DATABASE_URL']
  if (!url)
    throw new Misunderstood(
      'DATABASE_URL is not set: give the database, e.g. postgres://user:password@host:5432/lijian',
    )
  return url
}

if (require.main === module)
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = error instanceof Misunderstood ? 2 : 1
  })
