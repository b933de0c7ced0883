import { randomBytes } from 'node:crypto'
import { connectionTo } from '@lijian/outbox'
import { compareFlows, FLOW_CHECKS, verifyBooks, type CheckResult } from '@lijian/verification'
import { LIMITS, steadyPool } from '@lijian/database'
import { SealedTexts } from '@lijian/identity'
import { KeyList, Sealer } from '@lijian/privacy'
import { loadStackConfig, type Environment, type StackConfig } from '@lijian/config'
import { Client, Connection } from '@temporalio/client'

export const HELP = `./lijian verify [--since YYYY-MM-DD] [--json] [--strict]
Do the books agree? Recomputes every invariant of the books over one snapshot of the database, while payments go on, and compares holds with
workflows. One line per check: rows looked at, milliseconds, ok or what disagrees (at most 20 of each).

  --since DATE  look only at what was posted or changed from this business date on, where that can be (sums are always over everything)
  --json        one JSON document instead of lines
  --strict      Temporal away: what cannot be compared with it counts as disagreeing

With LIJIAN_ACCOUNT_KEY: whether every sealed text opens with one of its keys.
Reads DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and LIJIAN_TASK_QUEUE. Exit code 0: all agrees; 1: something disagrees; 2: not checked
(bad usage, or PostgreSQL is away).`

interface Options {
  since?: string
  json: boolean
  strict: boolean
}

/** A sentence for a person; exit code 2. */
class NotChecked extends Error {}

function parse(words: readonly string[]): Options {
  const options: Options = { json: false, strict: false }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--json') options.json = true
    else if (word === '--strict') options.strict = true
    else if (word === '--since') options.since = dateOf(words[++i])
    else throw new NotChecked(`verify: unknown word ${JSON.stringify(word)}; ./lijian verify --help`)
  }
  return options
}

function dateOf(text: string | undefined): string {
  const isDate =
    text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
  if (!isDate || new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) !== text)
    throw new NotChecked(`verify: --since: found ${JSON.stringify(text ?? '')}; expected a date such as 2026-11-24`)
  return text
}

const NUMBERS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const WIDTH = 78

function line({ name, rows, ms, wrong, more, skipped }: CheckResult): string {
  const verdict = skipped ?? (wrong.length === 0 ? 'ok' : `DISAGREES: ${wrong.length}${more ? ' and more' : ''}`)
  const head = `${name.padEnd(WIDTH)} ${NUMBERS.format(rows).padStart(10)} rows ${NUMBERS.format(ms).padStart(7)} ms  ${verdict}`
  return [head, ...wrong.map((row) => `    ${JSON.stringify(row)}`)].join('\n')
}

/** Exit code. Lines are printed as they come: a check of a million transactions takes seconds. */
export async function verify(words: readonly string[], env: Environment, say: (line: string) => void): Promise<0 | 1> {
  if (words.includes('--help')) {
    say(HELP)
    return 0
  }
  const options = parse(words)
  const config = configOf(env)
  const results: CheckResult[] = []
  const onResult = (result: CheckResult) => {
    results.push(result)
    if (!options.json) say(line(result))
  }
  const begun = performance.now()
  await verifyBooks({ databaseUrl: config.databaseUrl, since: options.since, onResult }).catch((error: Error) => {
    throw new NotChecked(
      `verify: PostgreSQL: ${error.message || String(error)}; is the stack up (./lijian status) and migrated?`,
    )
  })
  const sealed = await sealedTexts(config)
  if (sealed) onResult(sealed)
  for (const result of await flows(config)) onResult(result)
  const wrong = results.filter((result) => result.wrong.length > 0)
  const skipped = results.filter((result) => result.skipped !== undefined)
  const agrees = wrong.length === 0 && !(options.strict && skipped.length > 0)
  if (options.json) say(JSON.stringify({ agrees, since: options.since ?? null, checks: results }, null, 2))
  else say(summary(results.length, wrong.length, skipped.length, performance.now() - begun))
  return agrees ? 0 : 1
}

function summary(all: number, wrong: number, skipped: number, ms: number): string {
  const left = skipped === 0 ? '' : `, ${skipped} not checked`
  const verdict = wrong === 0 ? 'the books agree' : `the books do NOT agree: ${wrong} of ${all} checks`
  return `${verdict} (${all} checks in ${Math.round(ms / 100) / 10} s${left})`
}

function configOf(env: Environment): StackConfig & { databaseUrl: string } {
  try {
    const config = loadStackConfig(env)
    const { databaseUrl } = config
    if (databaseUrl === undefined)
      throw new NotChecked('verify: DATABASE_URL is not set, and the stack is not running: ./lijian up --detach')
    return { ...config, databaseUrl }
  } catch (error) {
    throw new NotChecked(error instanceof Error ? error.message : String(error))
  }
}

/** Undefined: nobody says with which keys they should open. */
async function sealedTexts({
  databaseUrl,
  accountKeys,
}: StackConfig & { databaseUrl: string }): Promise<CheckResult | undefined> {
  if (accountKeys === undefined) return undefined
  const begun = performance.now()
  const pool = steadyPool(databaseUrl, { name: 'lijian-verify-sealed', max: 1, limits: LIMITS.work })
  try {
    const sealer = new Sealer(new KeyList(accountKeys, Date.now), () => randomBytes(12))
    const { looked: rows, unreadable: wrong } = await new SealedTexts(pool, sealer).run({ write: false })
    return {
      name: 'sealed texts open with a key of LIJIAN_ACCOUNT_KEY',
      rows,
      ms: performance.now() - begun,
      wrong,
      more: false,
    }
  } catch (error) {
    throw new NotChecked(`verify: PostgreSQL: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    await pool.end()
  }
}

async function flows({ databaseUrl, ...config }: StackConfig & { databaseUrl: string }): Promise<CheckResult[]> {
  const address = config.temporalAddress
  const away = (reason: string): CheckResult[] =>
    FLOW_CHECKS.map((name) => ({ name, rows: 0, ms: 0, wrong: [], more: false, skipped: `not checked: ${reason}` }))
  if (address === undefined) return away('TEMPORAL_ADDRESS is not set')
  let connection: Connection | undefined
  try {
    connection = await Connection.connect({
      ...connectionTo({ ...config, temporalAddress: address }),
      connectTimeout: '5s',
    })
    const temporal = new Client({ connection, namespace: config.temporalNamespace })
    return await compareFlows({ databaseUrl, temporal, taskQueue: config.taskQueue, lookAgainMs: 10_000 })
  } catch (error) {
    return away(`Temporal at ${address} is away (${error instanceof Error ? error.message : String(error)})`)
  } finally {
    await connection?.close()
  }
}

if (require.main === module)
  verify(process.argv.slice(2), process.env, (text) => console.log(text)).then(
    (code) => {
      process.exitCode = code
    },
    (error: unknown) => {
      console.error(error instanceof NotChecked ? error.message : error)
      process.exitCode = 2
    },
  )
