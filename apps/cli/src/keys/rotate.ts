import { randomBytes } from 'node:crypto'
import { ConfigError, loadStackConfig, type Environment } from '@lijian/config'
import { isDatabaseAway, LIMITS, steadyPool } from '@lijian/database'
import { oldTokens, SealedTexts, type SealedReport } from '@lijian/identity'
import { KeyList, type NamedKey, Sealer } from '@lijian/privacy'
import { Misunderstood } from './misunderstood'
import { notTheOwner } from './not-the-owner'
import { accountLines, tokenLines } from './rotate-text'

export const ROTATE_HELP = `./lijian keys rotate [--dry-run] [--json]
Seals again, under the current key of LIJIAN_ACCOUNT_KEY, every text that is under another one or in clear: accounts and contacts of partners, secrets of
webhooks. Says how many texts are under which key, and when an old account key or token key may be taken out. Payments go on.
It may be ended at any moment and started again; two at once do no harm.

  --dry-run  changes nothing: only says what there is
  --json     one JSON document instead of lines

Reads DATABASE_URL, LIJIAN_ACCOUNT_KEY and LIJIAN_TOKEN_KEY; to write it needs the owner of the tables, who migrates. Progress goes to standard error, once a second.
Exit code 0: nothing is left under an old key (--dry-run: everything can be read); 1: some texts cannot be read or were changed meanwhile, or PostgreSQL
is away; 2: not understood, or wrong settings.`

interface Asked {
  dryRun: boolean
  json: boolean
}

interface Out {
  say: (line: string) => void
  tell: (line: string) => void
}

function parse(words: readonly string[]): Asked {
  const asked: Asked = { dryRun: false, json: false }
  for (const word of words) {
    if (word === '--dry-run') asked.dryRun = true
    else if (word === '--json') asked.json = true
    else throw new Misunderstood(`keys rotate: unknown word ${JSON.stringify(word)}; --help names the options`)
  }
  return asked
}

function settingsOf(env: Environment): {
  url: string
  accountKeys: readonly NamedKey[]
  tokenKeys: readonly NamedKey[]
} {
  try {
    const { databaseUrl: url, accountKeys, tokenKeys = [] } = loadStackConfig(env)
    if (url === undefined)
      throw new Misunderstood('keys rotate: DATABASE_URL is not set: give the database, or start the stack')
    if (accountKeys === undefined)
      throw new Misunderstood('keys rotate: LIJIAN_ACCOUNT_KEY is not set: give the list that api and worker have')
    return { url, accountKeys, tokenKeys }
  } catch (error) {
    if (error instanceof ConfigError) throw new Misunderstood(error.message.replaceAll(/\n\s*/g, ' '))
    throw error
  }
}

const EVERY_MS = 1000

export async function rotate(words: readonly string[], env: Environment, { say, tell }: Out): Promise<0 | 1> {
  if (words.includes('--help') || words.includes('-h')) {
    say(ROTATE_HELP)
    return 0
  }
  const { dryRun, json } = parse(words)
  const { url, accountKeys, tokenKeys } = settingsOf(env)
  const keys = new KeyList(accountKeys, Date.now)
  const tokens = tokenKeys.length > 0 ? new KeyList(tokenKeys, Date.now) : undefined
  const pool = steadyPool(url, { name: 'lijian-keys-rotate', max: 2, limits: LIMITS.work })
  try {
    let told = Date.now()
    const texts = new SealedTexts(pool, new Sealer(keys, () => randomBytes(12)), ({ looked, total, sealed }) => {
      if (Date.now() - told < EVERY_MS) return
      told = Date.now()
      tell(`${looked} of ${total} texts looked at, ${sealed} sealed again`)
    })
    const report = await texts.run({ write: !dryRun })
    const from = tokens?.current.from
    const old = tokens && tokens.earlier.length > 0 ? await oldTokens(pool, from ?? today()) : undefined
    if (json) say(JSON.stringify({ dryRun, current: keys.current.id, ...report, tokens: old ?? null }, null, 2))
    else for (const line of [...accountLines(report, keys, dryRun), ...tokenLines(tokens, old)]) say(line)
    return isDone(report) ? 0 : 1
  } catch (error) {
    if (!isDatabaseAway(error)) throw notTheOwner('keys rotate', error) ?? error
    throw new Error(`keys rotate: PostgreSQL is away (${reasonOf(error)}); what was sealed is kept, start it again`)
  } finally {
    await pool.end()
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error && error.message) || String((error as { code?: string }).code ?? error) // prettier-ignore
const today = () => new Date().toISOString().slice(0, 10)
const isDone = ({ unreadable, changed }: SealedReport): boolean => unreadable.length === 0 && changed === 0
