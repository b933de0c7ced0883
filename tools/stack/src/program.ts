import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { markdownTable } from '@lijian/config'
import { Command, InvalidArgumentError, Option } from 'commander'
import { down } from './commands/down'
import { forward, forwardIntoStack } from './commands/forward'
import { logs } from './commands/logs'
import { print } from './commands/print'
import { reset } from './commands/reset'
import { sbom, type SbomWords } from './commands/sbom'
import { status } from './commands/status'
import { type OffsetWord, offsetOf, withoutOffset } from './commands/offset'
import { type StackWords, supervise } from './commands/supervise'
import { up, type UpOptions } from './commands/up'
import { repositoryRoot } from './core/stack'

const wholeNumber = (text: string): number => {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError('a whole number is expected')
  return Number(text)
}

const offset = (text: string): number => {
  try {
    return offsetOf(text)
  } catch {
    throw new InvalidArgumentError('a whole number from 0 to 50000 is expected')
  }
}
const profile = () => new Option('--profile <name>', 'which Temporal is started').choices(['dev', 'cluster'])
const knownOffset = ['--port-offset <n>', 'not needed: the ports of what runs are known', offset] as const

function version(): string {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot(), 'package.json'), 'utf8')) as { version: string }
  return version
}

function stackCommands(program: Command): void {
  program
    .command('up')
    .description(
      'start the whole stack, or what is missing of it; ready when every part answers. What dies is started again',
    )
    .option('-d, --detach', 'return when it is ready; it keeps running until ./lijian down')
    .addOption(profile())
    .option('--port-offset <n>', 'add n to every default port (a second clone beside the first)', offset)
    .option('--dev-keys', 'make development keys also in the database that DATABASE_URL names; never in production')
    .action((options: UpOptions) => up(options))
  program
    .command('supervise', { hidden: true })
    .description('the process behind up')
    .addOption(profile())
    .option('--port-offset <n>', 'as of up', offset)
    .option('--dev-keys', 'as of up')
    .action((words: StackWords) => supervise(words))
  program
    .command('down')
    .description('stop what up started; the data stays')
    .option(...knownOffset)
    .action((words: OffsetWord) => down(words))
  program
    .command('status')
    .description('each server: state, process, address, restarts, last end; exit code 1 when not all of it is up')
    .option(...knownOffset)
    .action(async (words: OffsetWord) => {
      process.exitCode = (await status(words)) ? 0 : 1
    })
  program
    .command('logs <name>')
    .description('the log of one server, or of the launcher itself (stack)')
    .option('-f, --follow', 'go on with what comes')
    .option('-n, --lines <n>', 'how many last lines', wholeNumber, 50)
    .option(...knownOffset)
    .action(logs)
  program
    .command('reset')
    .description('remove all data of the stack, after asking')
    .option('-y, --yes', 'do not ask')
    .action(reset)
  program
    .command('config')
    .description('every environment variable, as a Markdown table')
    .action(() => print.line(markdownTable()))
  program
    .command('sbom')
    .description('every package that is installed, with version and licence, as a CycloneDX document')
    .option('-o, --output <file>', 'write it there; without it, print it')
    .action((words: SbomWords) => sbom(words))
}

/** A command that hands all its words on. */
const passingTo =
  (program: Command) =>
  (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .allowUnknownOption()
      .passThroughOptions()
      .helpOption(false)
      .argument('[words...]')

function projectCommands(program: Command): void {
  const passing = passingTo(program)
  passing('demo', 'start the stack, send example payments and show what happened').action((words: string[]) =>
    forwardIntoStack('tools/demo/dist/cli.js', words, { start: true }),
  )
  passing('test', 'everything the project checks').action((words: string[]) => forward('tools/testing/run.mjs', words))
  passing('bench', 'measure: bench NAME').action((words: string[]) => forward('tools/bench/dist/cli.js', words))
  passing(
    'clear',
    'clear a business date: --date D [--wait]; hand in an acknowledgement: --ack FILE; check a file: --check FILE',
  ).action((words: string[]) => {
    const entry = 'apps/cli/dist/clear/cli.js'
    // Files are named from where the user stands.
    const where = { cwd: process.cwd() }
    // A receiver has a file and a public key, and no stack.
    const alone = words.some((word) => /^--key(=|$)/.test(word)) || process.env['LIJIAN_CLEARING_SIGN_KEY']
    const asksKey = words.some((word) => /^--(check|public-key)(=|$)/.test(word))
    return asksKey && alone ? forward(entry, words, where) : forwardIntoStack(entry, words, where)
  })
  const offline = (name: string, description: string) =>
    passing(name, description).action((words: string[]) =>
      // Files are named from where the user stands.
      forward('apps/cli/dist/cli.js', [name, ...words], { cwd: process.cwd() }),
    )
  offline('check', 'are these campaign documents valid? errors and warnings, without servers')
  offline('schema', 'the JSON Schema of a campaign or routing document, for an editor: schema [campaign|routing]')
  offline('evaluate', 'what a file of payments would get from campaigns, without servers')
  offline('backtest', 'what a draft would have cost and done on a file of payments, as tables, JSON and a page')
  offline(
    'route',
    'which MID carries each payment of a file: route, route check|diff|drill|compliance|forecast|example',
  )
  passing('explain', 'why a payment got what it got: explain SERIAL').action((words: string[]) => {
    const entry = 'apps/cli/dist/explain/cli.js'
    return words.includes('--url') ? forward(entry, words) : forwardIntoStack(entry, words)
  })
  passing(
    'import',
    'members of a group, or a bill to reconcile (import bill), from a file into the running system',
  ).action((words: string[]) => toServer('apps/cli/dist/cli.js', ['import', ...words]))
  passing(
    'report',
    'have a report made as XLSX, CSV or PDF, or print it: report KIND --from D --to D; report list',
  ).action((words: string[]) => toServer('apps/cli/dist/report/cli.js', words))
  passing('login', 'sign in: makes a personal token, which import, report, clear and explain use').action(
    (words: string[]) => toServer('apps/cli/dist/cli.js', ['login', ...words]),
  )
  passing('logout', 'revoke the token of login, and forget it').action((words: string[]) =>
    toServer('apps/cli/dist/cli.js', ['logout', ...words]),
  )
}

function databaseCommands(program: Command): void {
  const passing = passingTo(program)
  program
    .command('migrate')
    .description("bring the database of the running stack, or DATABASE_URL's, up to date")
    .action(() => {
      const entry = 'apps/cli/dist/migrate/cli.js'
      return process.env['DATABASE_URL'] ? forward(entry, []) : forwardIntoStack(entry, [])
    })
  passing('verify', 'do the books agree? every invariant recomputed, holds compared with workflows').action(
    (words: string[]) =>
      process.env['DATABASE_URL']
        ? forward('apps/cli/dist/verify/cli.js', withoutOffset(words).words)
        : forwardIntoStack('apps/cli/dist/verify/cli.js', words),
  )
  passing(
    'keys',
    'keys enrol: a one-time code for an administrator; keys rotate: seal again what is under an old account key; keys --dev-keys: make the API keys for development again, if they are missing',
  ).action((words: string[]) => {
    const entry = 'apps/cli/dist/keys/cli.js'
    return process.env['DATABASE_URL'] ? forward(entry, words) : forwardIntoStack(entry, words)
  })
}

/** Speaks to the stack that runs here, or to the server that is named. Files are named from where the user stands. */
function toServer(entry: string, words: string[]): Promise<void> {
  const where = { cwd: process.cwd() }
  const elsewhere = words.some((word) => ['--url', '--help', '-h'].includes(word.replace(/=.*/, '')))
  return elsewhere ? forward(entry, words, where) : forwardIntoStack(entry, words, where)
}

export function makeProgram(): Command {
  const program = new Command('lijian')
    .description('Lijian (立减): payment marketing and routing on PostgreSQL and Temporal')
    .version(version(), '-V, --version')
    .enablePositionalOptions()
    .exitOverride()
    // One line, also with a suggestion ("Did you mean …?").
    .configureOutput({
      outputError: (text, write) =>
        write(
          `${text
            .replace(/^error: /, 'lijian: ')
            .trim()
            .replace(/\s*\n\s*/g, ' ')}\n`,
        ),
    })
  stackCommands(program)
  projectCommands(program)
  databaseCommands(program)
  return program
}
