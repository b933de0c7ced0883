import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FileFault, parseAcknowledgement } from '@lijian/clearing-files'
import { ConfigError, loadStackConfig } from '@lijian/config'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { acknowledgeAll, clear, sendAcknowledgement, WAITED_STATES, type Waited } from './clear'
import { checkFile, publicKey, WrongKey } from './check-file'
import { developmentChecker, finance, Refused } from './http'

const date = (text: string): string => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)) || !new Date(text).toJSON().startsWith(text))
    throw new InvalidArgumentError('expected a date such as 2026-11-24')
  return text
}

function connect(env: NodeJS.ProcessEnv, { approve }: Pick<Options, 'approve'>) {
  const { apiPort, dataDir } = loadStackConfig(env)
  const at = [`http://127.0.0.1:${apiPort}`, join(dataDir, 'keys.json')] as const
  return { api: finance(...at), approve: approve ? developmentChecker(...at) : undefined }
}

interface Options {
  date?: string
  early?: boolean
  wait?: Waited
  accept?: boolean
  approve?: boolean
  ack?: string
  check?: string
  key?: string
  publicKey?: true
}

export function makeProgram(
  say: (line: string) => void,
  print: (line: string) => void,
  env: NodeJS.ProcessEnv = process.env,
): Command {
  return new Command('lijian clear')
    .description('clear a business date: files, proof, publication, acknowledgement, settlement')
    .option('--date <date>', 'the business date; it must be over', date)
    .option('--early', 'close it although it is not over: what is recorded from then on belongs to the next date')
    .addOption(
      new Option('--wait [state]', 'wait until the date is so far (default: published)')
        .choices(WAITED_STATES)
        .preset('published'),
    )
    .option('--accept', 'accept every published file of the date, in place of a clearing system (development)')
    .option('--approve', 'approve what waits for another person, with the development key of the checker')
    .option('--ack <file>', 'read an acknowledgement file of a clearing system and hand it in')
    .option(
      '--check <file>',
      'is this clearing file what was published? Looks at FILE.sha256 and FILE.sig beside it; exit code 0 or 1',
    )
    .option(
      '--key <pem>',
      'with --check: the public key in this file, in place of the one of LIJIAN_CLEARING_SIGN_KEY',
      (path: string) => readFileSync(path, 'utf8'),
    )
    .option('--public-key', 'print what receivers check signatures with')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'lijian: ')) })
    .action(async (options: Options, command: Command) => {
      const given = [options.date, options.ack, options.check, options.publicKey].filter((one) => one !== undefined)
      if (given.length !== 1)
        command.error('error: expected one of --date, --ack, --check or --public-key', { exitCode: 2 })
      if (options.publicKey) return print(publicKey(env).trim())
      if (options.check !== undefined) return print(await checkFile(options.check, options.key ?? publicKey(env)))
      if (options.ack !== undefined) {
        const acknowledgement = parseAcknowledgement(readFileSync(options.ack))
        const { api, approve } = connect(env, options)
        return print(await sendAcknowledgement(api, acknowledgement, { say, approve }))
      }
      const { api, approve } = connect(env, options)
      const ask = { date: options.date!, early: options.early, say, print, approve }
      if (!options.accept) return clear(api, { ...ask, until: options.wait })
      await clear(api, { ...ask, until: 'published' })
      await acknowledgeAll(api, ask)
      if (options.wait === 'acknowledged' || options.wait === 'settled')
        await clear(api, { ...ask, until: options.wait })
    })
}

async function main(): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  try {
    await makeProgram(say, print).parseAsync(process.argv)
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      // What somebody typed or handed in can be put right by them: 2. Everything else: 1.
      const mine =
        error instanceof FileFault ||
        error instanceof WrongKey ||
        error instanceof ConfigError ||
        (error instanceof Refused && error.problem.status < 500) ||
        isFileError(error)
      say(`lijian: ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = mine ? 2 : 1
    }
  }
}

const isFileError = (error: unknown) =>
  error instanceof Error && 'code' in error && ['ENOENT', 'EACCES', 'EISDIR'].includes(String(error.code))

if (require.main === module) void main()
