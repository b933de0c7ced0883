import { rmSync } from 'node:fs'
import {
  REPORT_ENCODINGS,
  REPORT_FORMATS,
  REPORT_KINDS,
  REPORT_LANGUAGES,
  type ReportRequest,
} from '@lijian/contracts/finance'
import { present } from '@lijian/contracts/system'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { BadInput } from '../fail'
import { address, keyFor } from '../to-server'
import { fetchReport, type Fetching } from './report'
import { Server, ServerTrouble } from './server'
import { listText, printed } from './text'

interface Where {
  url: string
  key?: string
}
type Asked = Omit<ReportRequest, 'kind' | 'parameters' | 'section'> & Partial<ReportRequest['parameters']>
type Options = Where & Asked & { section?: string; output?: string; print?: boolean; rows: number }

const rowsMax = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1 to 999999')
  return Number(text)
}

const serverOf = ({ url, key }: Where) => new Server(address(url), key ?? keyFor(address(url), 'finance'))
const withWhere = (command: Command): Command =>
  command
    .option('--url <address>', 'the API', `http://127.0.0.1:${process.env['LIJIAN_API_PORT'] ?? '8080'}`)
    .option(
      '--key <key>',
      "an API key with the report's scope (default: of ./lijian login, else finance's development key in .lijian/keys.json)",
    )
const language = () =>
  new Option('--language <language>', 'of heads and words').choices(REPORT_LANGUAGES).default('zh' as const)

function listCommand(print: (line: string) => void): Command {
  return withWhere(
    new Command('list').description('the reports that this key may ask for, with what they need and take'),
  )
    .addOption(language())
    .action(async (options: Where & Pick<Options, 'language'>) => {
      for (const line of await listText(serverOf(options), options.language)) print(line)
    })
}

export function makeProgram(
  say: (line: string) => void,
  print: (line: string) => void,
  onPart?: Fetching['onPart'],
): Command {
  const command = new Command('lijian report')
    .description(
      'have a report made as a file and fetch it, or print it: ./lijian report merchant --from 2026-11-01 --to 2026-11-30',
    )
    .addArgument(new Argument('<kind>', 'which report').choices(REPORT_KINDS))
    .option('--from <date>', 'first business date; needed')
    .option('--to <date>', 'last business date (default: the first)')
    .option('--partner <code>', 'only of this partner')
    .option('--merchant <id>', 'only of this merchant')
    .option('--campaign <code>', 'only of this campaign')
    .option('--offer <code>', 'only of this offer')
    .option('--method <method>', 'only of this payment method')
    .option('--client <code>', 'only of this transaction system')
    .option('--source <name>', 'only of these bills')
    .option('--currency <code>', 'only of this currency')
    .option('--section <name>', 'which table, of CSV, PDF and --print (default: the first)')
    .addOption(new Option('--format <format>', 'of the file').choices(REPORT_FORMATS).default('xlsx' as const))
    .addOption(language())
    .addOption(new Option('--encoding <name>', 'of a CSV file').choices(REPORT_ENCODINGS).default('utf-8' as const))
    .option('-o, --output <file>', 'the file (default: the name that the report has, in this folder)')
    .option('--print', 'print the table with its totals, amounts in yuan; a file is made with --output only')
    .option('--rows <n>', 'so many rows are printed at most', rowsMax, 100)
  return withWhere(command)
    .action(async (kind: ReportRequest['kind'], options: Options) => {
      if (options.from === undefined) throw new BadInput('expected --from, the first business date of the report')
      const { from, to = from, partner, merchant, campaign, offer, method, client, source, currency } = options
      const parameters = {
        from,
        to,
        ...present({ partner, merchant, campaign, offer, method, client, source, currency }),
      }
      const { section, format, language: words, encoding, output } = options
      const request: ReportRequest = { kind, parameters, format, language: words, encoding, ...present({ section }) }
      const server = serverOf(options)
      if (options.print === true) for (const line of await printed(server, request, options.rows)) print(line)
      if (options.print !== true || output !== undefined)
        print(await fetchReport(server, { request, say, onPart, ...present({ output }) }))
    })
    .enablePositionalOptions()
    .addCommand(listCommand(print))
}

/** One line for each fault, also of an option. */
function told(command: Command): Command {
  for (const one of [command, ...command.commands])
    one.exitOverride().configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'lijian: ')) })
  return command
}

async function main(): Promise<void> {
  const say = (line: string) => void process.stderr.write(`${line}\n`)
  const print = (line: string) => void process.stdout.write(`${line}\n`)
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  const parts = new Set<string>()
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => {
      for (const part of parts) rmSync(part, { force: true })
      process.exit(code)
    })
  try {
    await told(makeProgram(say, print, (part) => parts.add(part))).parseAsync(process.argv)
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else {
      say(`lijian: ${error instanceof Error ? error.message : String(error)}`)
      process.exitCode = error instanceof BadInput || error instanceof ServerTrouble ? 2 : 1
    }
  }
}

if (require.main === module) void main()
