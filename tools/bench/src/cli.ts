import { Argument, Command, InvalidArgumentError } from 'commander'
import { capture } from './books/capture'
import { verify } from './books/verify'
import { groups } from './groups/groups'
import { merchants } from './merchants/merchants'
import { machine } from './report/machine'
import { evaluate } from './evaluate/evaluate'
import { writePayments } from './evaluate/files'
import { isRoutingPart, routing, ROUTING_PARTS } from './routing/routing'
import { people } from './people/people'
import { rules } from './rules'
import { reconciliation } from './reconciliation/reconciliation'
import { clearing } from './clearing'
import { REPORT_PARTS, reports, type ReportPart } from './reports/reports'
import { ATTACKS } from './siege/attacks'
import { siege } from './siege/siege'
import { isPart, parts, transactions } from './transactions'

const profiles = { dev: ['dev'], cluster: ['cluster'], both: ['dev', 'cluster'] } as const

function counts(text: string): number[] {
  const numbers = text.split(',').map(Number)
  if (!numbers.every((n) => Number.isInteger(n) && n > 0)) throw new InvalidArgumentError('expected e.g. 1,32,128')
  return numbers
}

function profileNames(text: string): readonly ('dev' | 'cluster')[] {
  if (!Object.hasOwn(profiles, text)) throw new InvalidArgumentError('expected dev, cluster or both')
  return profiles[text as keyof typeof profiles]
}

interface ReportFlags {
  quick: boolean
  rows?: number[]
  seconds?: number
  statement?: number
  payments?: number
  merchants?: number
}

interface RoutingFlags {
  quick: boolean
  payments?: number[]
  seconds?: number[]
  clients: number[]
  cpuProfile?: string
}

const program = new Command('lijian bench').description(
  'Measures Lijian; prints Markdown. Nothing here fails on a figure.',
)
program
  .command('transactions')
  .description('transactions: a HTTP, b evaluation in process, c workflows, d a burst; door: admission without HTTP')
  .argument('[parts...]', `some of ${parts.join(' ')}; default a b c d`)
  .option('--quick', 'a tenth of the time and of the data: to see that it works, not to quote', false)
  .option('--seconds <n>', 'length of each measured phase', counts)
  .option('--clients <list>', 'keep-alive clients, one phase each', counts, [1, 32, 128])
  .option('--profile <name>', 'Temporal for c and d: dev, cluster or both', profileNames)
  .option('--cpu-profile <dir>', 'api and worker leave CPU profiles there; figures suffer')
  .action(async (names: string[], options: Record<string, unknown>) => {
    const wanted = names.length > 0 ? names : ['a', 'b', 'c', 'd']
    const unknown = wanted.filter((name) => !isPart(name))
    if (unknown.length > 0) program.error(`unknown part ${unknown.join(', ')}; expected some of ${parts.join(' ')}`)
    const quick = options['quick'] as boolean
    await transactions(wanted.filter(isPart), {
      quick,
      seconds: (options['seconds'] as number[] | undefined)?.[0] ?? (quick ? 2 : 15),
      clients: options['clients'] as number[],
      profiles:
        (options['profile'] as readonly ('dev' | 'cluster')[] | undefined) ?? (quick ? ['dev'] : ['dev', 'cluster']),
      cpuProfileDir: options['cpuProfile'] as string | undefined,
      say: (line) => process.stderr.write(`${line}\n`),
    })
  })

program
  .command('groups')
  .description('queries while card groups of a million members are imported, against the same queries without')
  .option('--quick', 'a tenth of the time and of the members: to see that it works, not to quote', false)
  .option('--members <n>', 'of each group', counts)
  .option('--seconds <n>', 'length of each measured phase', counts)
  .option('--clients <n>', 'keep-alive clients', counts)
  .action(async (options: { quick: boolean; members?: number[]; seconds?: number[]; clients?: number[] }) => {
    const { quick, members, seconds, clients } = options
    if (quick) process.stdout.write('**Quick run: to see that it works, not to quote.**\n\n')
    process.stdout.write(`${machine()}\n\n`)
    const { title, body, versions } = await groups({
      members: members?.[0] ?? (quick ? 100_000 : 1_000_000),
      seconds: seconds?.[0] ?? (quick ? 3 : 30),
      clients: clients?.[0] ?? 32,
      say: (line) => process.stderr.write(`${line}\n`),
    })
    process.stdout.write(`### ${title}\n\nWith PostgreSQL ${versions?.['PostgreSQL'] ?? '?'}. ${body}\n`)
  })

program
  .command('merchants')
  .description(
    'a list of a million merchants imported beside queries; groups in offers against the same merchants named',
  )
  .option('--quick', 'a tenth of the time and of the merchants: to see that it works, not to quote', false)
  .option('--merchants <n>', 'of the list', counts)
  .option('--seconds <n>', 'length of each measured phase', counts)
  .option('--clients <n>', 'keep-alive clients', counts)
  .action(async (options: { quick: boolean; merchants?: number[]; seconds?: number[]; clients?: number[] }) => {
    const { quick } = options
    if (quick) process.stdout.write('**Quick run: to see that it works, not to quote.**\n\n')
    process.stdout.write(`${machine()}\n\n`)
    const { title, body, versions } = await merchants({
      merchants: options.merchants?.[0] ?? (quick ? 100_000 : 1_000_000),
      seconds: options.seconds?.[0] ?? (quick ? 3 : 30),
      clients: options.clients?.[0] ?? 32,
      say: (line) => process.stderr.write(`${line}\n`),
    })
    process.stdout.write(`### ${title}\n\nWith PostgreSQL ${versions?.['PostgreSQL'] ?? '?'}. ${body}\n`)
  })

program
  .command('siege')
  .description('payments of an honest client beside each attack in turn, against the same payments alone')
  .option('--seconds <n>', 'of the payments alone; beside an attack twice as long', counts)
  .option('--per-second <n>', 'payments', counts)
  .option('--only <text>', 'attacks with this in their name', '')
  .action(async ({ seconds, perSecond, only }: { seconds?: number[]; perSecond?: number[]; only: string }) => {
    const names = Object.keys(ATTACKS).filter((name) => name.includes(only))
    if (names.length === 0) program.error(`no attack has "${only}" in its name: src/siege/attacks.ts lists them`)
    process.stdout.write(`${machine()}\n\n`)
    const { title, body, versions } = await siege({
      seconds: seconds?.[0] ?? 4,
      perSecond: perSecond?.[0] ?? 100,
      names,
      say: (line) => process.stderr.write(`${line}\n`),
    })
    process.stdout.write(`### ${title}\n\nWith PostgreSQL ${versions?.['PostgreSQL'] ?? '?'}. ${body}\n`)
  })

program
  .command('capture')
  .description(
    'results with capture and postings over HTTP: hot accounts against spread ones, with postings against without',
  )
  .option('--quick', 'a few seconds each: to see that it works, not to quote', false)
  .option('--seconds <n>', 'length of each measured phase', counts)
  .option('--clients <n>', 'keep-alive clients', counts)
  .action(async ({ quick, seconds, clients }: { quick: boolean; seconds?: number[]; clients?: number[] }) => {
    if (quick) process.stdout.write('**Quick run: to see that it works, not to quote.**\n\n')
    process.stdout.write(`${machine()}\n\n`)
    const { title, body, versions } = await capture({
      seconds: seconds?.[0] ?? (quick ? 2 : 12),
      clients: clients?.[0] ?? 128,
      say: (line) => process.stderr.write(`${line}\n`),
    })
    process.stdout.write(`### ${title}\n\nWith PostgreSQL ${versions?.['PostgreSQL'] ?? '?'}. ${body}\n`)
  })

program
  .command('verify')
  .description('./lijian verify over a million transactions, beside reading their tables once')
  .option('--transactions <n>', 'how many', (text) => counts(text)[0]!, 1_000_000)
  .action(async ({ transactions }: { transactions: number }) => {
    process.stdout.write(`${machine()}\n\n`)
    const say = (line: string) => process.stderr.write(`${line}\n`)
    const { title, body, versions } = await verify({ transactions, say })
    process.stdout.write(`### ${title}\n\nWith PostgreSQL ${versions?.['PostgreSQL'] ?? '?'}. ${body}\n`)
  })

program
  .command('evaluate')
  .description('./lijian evaluate over a file of payments, beside reading and parsing alone; its memory')
  .option('--lines <n>', 'payments', (text) => counts(text)[0]!, 1_000_000)
  .option('--write <file>', 'only write the payments there')
  .option('--mixed', 'with --write: also refunds, voids, reversals, failures, repeats and odd forms', false)
  .action(({ lines, write, mixed }: { lines: number; write?: string; mixed: boolean }) =>
    write === undefined
      ? evaluate({ lines, say: (line) => process.stderr.write(`${line}\n`) })
      : writePayments(write, { lines, mixed }),
  )

program
  .command('rules')
  .description('one evaluation, beside json-rules-engine, zen-engine and json-logic-engine, at 10 to 10,000 offers')
  .option('--quick', 'a tenth of the time: to see that it works, not to quote', false)
  .option('--seconds <n>', 'length of each measured phase, default 5', counts)
  .action(({ quick, seconds }: { quick: boolean; seconds?: number[] }) =>
    rules({ quick, seconds: seconds?.[0] ?? (quick ? 0.5 : 5), say: (line) => process.stderr.write(`${line}\n`) }),
  )

program
  .command('routing')
  .description(
    'selection: a MID in process, beside json-rules-engine and zen-engine; http: routes beside offers, limits spent to the last; documents: payments beside a large document',
  )
  .argument('[parts...]', `some of ${ROUTING_PARTS.join(' ')}; default all`)
  .option('--quick', 'a tenth of the time: to see that it works, not to quote', false)
  .option('--payments <n>', 'how many in process for each figure', counts)
  .option('--seconds <n>', 'length of each measured phase over HTTP', counts)
  .option('--clients <list>', 'keep-alive clients, one phase each', counts, [1, 32, 128])
  .option('--cpu-profile <dir>', 'the api leaves a CPU profile there; figures suffer')
  .action(async (names: string[], options: RoutingFlags) => {
    const wanted = names.length > 0 ? names : ROUTING_PARTS
    const unknown = wanted.filter((name) => !isRoutingPart(name))
    if (unknown.length > 0)
      program.error(`unknown part ${unknown.join(', ')}; expected some of ${ROUTING_PARTS.join(' ')}`)
    const { quick, payments, seconds, clients, cpuProfile } = options
    if (quick) process.stdout.write('**Quick run: to see that it works, not to quote.**\n\n')
    await routing({
      parts: wanted.filter(isRoutingPart),
      payments: payments?.[0] ?? (quick ? 100_000 : 1_000_000),
      seconds: seconds?.[0] ?? (quick ? 1 : 5),
      clients,
      ...(cpuProfile === undefined ? {} : { cpuProfileDir: cpuProfile }),
      say: (line) => process.stderr.write(`${line}\n`),
    })
  })

program
  .command('people')
  .description('sign-ins a second against password hashes alone; CPU of a session check against a key')
  .option('--quick', 'a tenth of the time: to see that it works, not to quote', false)
  .option('--persons <n>', 'who sign in', counts)
  .option('--seconds <n>', 'length of each measured phase', counts)
  .action(async ({ quick, persons, seconds }: { quick: boolean; persons?: number[]; seconds?: number[] }) => {
    if (quick) process.stdout.write('**Quick run: to see that it works, not to quote.**\n\n')
    process.stdout.write(`${machine()}\n\n`)
    const { title, body, versions } = await people({
      persons: persons?.[0] ?? 100,
      seconds: seconds?.[0] ?? (quick ? 2 : 15),
      say: (line) => process.stderr.write(`${line}\n`),
    })
    process.stdout.write(`### ${title}\n\nWith PostgreSQL ${versions?.['PostgreSQL'] ?? '?'}. ${body}\n`)
  })

program
  .command('reconciliation')
  .description("a day's list against our books: imported over HTTP, matched, cases opened; the API's memory")
  .option('--quick', 'a tenth of the lines: to see that it works, not to quote', false)
  .option('--lines <n>', 'on each side', counts)
  .action(async ({ quick, lines }: { quick: boolean; lines?: number[] }) => {
    if (quick) process.stdout.write('**Quick run: to see that it works, not to quote.**\n\n')
    process.stdout.write(`${machine()}\n\n`)
    const { title, body, versions } = await reconciliation({
      lines: lines?.[0] ?? (quick ? 100_000 : 1_000_000),
      say: (line) => process.stderr.write(`${line}\n`),
    })
    process.stdout.write(`### ${title}\n\nWith PostgreSQL ${versions?.['PostgreSQL'] ?? '?'}. ${body}\n`)
  })

program
  .command('clearing')
  .description('the files of a day: time against a bare COPY of the same rows, memory of the worker')
  .option('--rows <list>', 'transactions of the day, one day each', counts, [1_000_000])
  .action(async ({ rows }: { rows: number[] }) => {
    await clearing(rows, (line) => process.stderr.write(`${line}\n`))
  })

program
  .command('reports')
  .description(
    'files of reports through the generator against a bare COPY; its memory; a statement as PDF; daily reports from roll-ups; payments beside it',
  )
  .addArgument(new Argument('[parts...]', 'which; all by default').choices(REPORT_PARTS).default(REPORT_PARTS))
  .option('--quick', 'a tenth of the rows: to see that it works, not to quote', false)
  .option('--rows <list>', 'of each file, e.g. 1000000,5000000', counts)
  .option('--statement <n>', 'lines of the statement; default 8000', Number)
  .option('--payments <n>', 'of each of the 30 days of roll-ups; default 1000000', Number)
  .option('--merchants <n>', 'of each of these days; default 5000', Number)
  .option('--seconds <n>', 'of each phase of payments; default 30', Number)
  .action(async (parts: ReportPart[], { quick, rows, seconds, statement, payments, merchants }: ReportFlags) => {
    const print = (text: string) => void process.stdout.write(`${text}\n\n`)
    if (quick) print('**Quick run: to see that it works, not to quote.**')
    print(`${machine()}\n\n### Reports: files through the generator`)
    await reports({
      parts,
      rows: rows ?? [quick ? 100_000 : 1_000_000],
      statementRows: statement ?? (quick ? 800 : 8000),
      rollUps: { payments: payments ?? (quick ? 100_000 : 1_000_000), merchants: merchants ?? (quick ? 500 : 5000) },
      seconds: seconds ?? (quick ? 3 : 30),
      say: (line) => process.stderr.write(`${line}\n`),
      print,
    })
  })

// Ctrl-C takes the servers along: each is ended when this process exits.
process.on('SIGINT', () => process.exit(130)).on('SIGTERM', () => process.exit(143))

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
})
