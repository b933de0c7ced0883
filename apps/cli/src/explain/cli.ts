import { present } from '@lijian/contracts/system'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadStackConfig } from '@lijian/config'
import type { ExplainedAnswer } from '@lijian/contracts/marketing'
import type { Problem } from '@lijian/contracts/system'
import { Command, CommanderError, Option } from 'commander'
import { storedToken } from '../login/tokens'

interface Options {
  lang: 'en' | 'zh-CN'
  json?: boolean
  client?: string
  url?: string
  key?: string
}

/** What a person can repair: one line, exit code 2. */
class CannotExplain extends Error {}

const DIFFERENT = 3

export function makeProgram(): Command {
  return new Command('lijian explain')
    .description('Why a payment got what it got: the decision computed again, and compared with what was answered.')
    .argument('<serial>', 'serial of the query')
    .addOption(new Option('--lang <language>', 'of the sentences').choices(['en', 'zh-CN']).default('en'))
    .option('--json', 'the whole answer of the API')
    .option('--client <code>', "another client's transaction (needs a key with the scope read.transactions)")
    .option('--url <url>', 'address of the API (default: the running stack)')
    .option(
      '--key <key>',
      'API key (default: of ./lijian login with --client, else a development key from .lijian/keys.json)',
    )
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'lijian: ')) })
    .action(explain)
}

async function explain(serial: string, { lang, json, ...where }: Options): Promise<void> {
  const answer = await ask(serial, where)
  const { explanation } = answer
  if (explanation === undefined) throw new CannotExplain('this API does not explain: it is older than this command')
  process.stdout.write(
    json ? `${JSON.stringify(answer, null, 2)}\n` : explanation.text.map((said) => `${said[lang]}\n`).join(''),
  )
  if (explanation.verdict === 'different') process.exitCode = DIFFERENT
}

async function ask(serial: string, { client, url, key }: Omit<Options, 'lang'>): Promise<ExplainedAnswer> {
  const config = loadStackConfig()
  const host = ['0.0.0.0', '::'].includes(config.apiHost) ? '127.0.0.1' : config.apiHost
  const base = (url ?? `http://${host}:${config.apiPort}`).replace(/\/$/, '')
  const query = new URLSearchParams({ explain: 'true', ...present({ client }) })
  const address = `${base}/v1/transactions/${encodeURIComponent(serial)}?${query.toString()}`
  const authorization = `Bearer ${key ?? keyOf(base, config.dataDir, client)}`
  const response = await fetch(address, { headers: { authorization }, signal: AbortSignal.timeout(60_000) }).catch(
    (error: Error) => {
      const { cause } = error as { cause?: { code?: string } }
      throw new CannotExplain(`${base} does not answer (${cause?.code ?? error.message}): ./lijian up, or --url`)
    },
  )
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body as ExplainedAnswer
  const problem = body as Problem | undefined
  const errors = problem?.errors?.map(({ path, message }) => `; ${path}: ${message}`).join('') ?? ''
  throw new CannotExplain(problem?.code ? `${problem.detail}${errors}. ${problem.do}` : `${base}: ${response.status}`)
}

function keyOf(base: string, dataDir: string, client: string | undefined): string {
  // A person belongs to no client: whose transaction it is has to be said.
  const mine = client === undefined ? undefined : storedToken(base)
  if (mine !== undefined) return mine.token
  const file = join(dataDir, 'keys.json')
  let keys: Record<string, string>
  try {
    keys = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    throw new CannotExplain(
      `no API key: give --key, sign in with ./lijian login and give --client, or let ./lijian keys --dev-keys make ${file}`,
    )
  }
  const key = keys[client === undefined ? 'transactionSystem' : 'maker']
  if (key === undefined) throw new CannotExplain(`${file} has no such key: ./lijian keys --dev-keys makes them again`)
  return key
}

const fail = (error: unknown): void => {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    process.stderr.write(`lijian: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = error instanceof CannotExplain ? 2 : 1
  }
}

if (require.main === module) makeProgram().parseAsync().catch(fail)
