import { stdout } from 'node:process'
import { inChinese } from '@lijian/contracts/system'
import { compliance, drill, routingWarnings } from '@lijian/selection'
import { Command, InvalidArgumentError, Option } from 'commander'
import { readJson } from '../documents'
import { BadInput } from '../fail'
import { amount, count, percent } from '../figures'
import { table } from '../table'
import { diff } from './diff'
import { readCompiled, readRouting } from './documents'
import { writeExample } from './example'
import { forecast } from './forecast'
import {
  merchantsOf,
  replayFile,
  route,
  withFileOptions,
  withOutputs,
  withRouteOptions,
  type RouteOptions,
} from './route'

const print = (text: string) => void stdout.write(`${text}\n`)
const once = (value: string, before?: string): string => {
  if (before !== undefined) throw new InvalidArgumentError('expected once')
  return value
}
const config = (command: Command): Command => command.requiredOption('--config <file>', 'the routing document', once)
const json = (command: Command): Command => command.option('--json', 'as data')
const whole =
  (min: number, max: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < min || value > max)
      throw new InvalidArgumentError(`expected a whole number from ${min} to ${max}`)
    return value
  }
const time = (text: string): string => {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new InvalidArgumentError('expected a time such as 12:00')
  return text
}
const TOP = 20

/** A command of a command says what is wrong with its options like the others. */
const part = (command: Command): Command =>
  command.exitOverride().configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'lijian: ')) })

/** Routing without servers: the same code as the live door. */
export const routeCommand = (): Command =>
  withOutputs(
    withRouteOptions(
      new Command('route').description(
        'Which MID carries each payment of a file, in order, with limits kept: no servers.',
      ),
      false,
    ),
  )
    .allowExcessArguments()
    .action((options: Partial<RouteOptions>, command: Command) => {
      const [word] = command.args
      if (word !== undefined)
        throw new BadInput(
          `route: there is no command ${JSON.stringify(word)}: ${command.commands.map((one) => one.name()).join(', ')}; files are named with --config and --payments`,
        )
      for (const [name, flags] of [
        ['config', '--config <file>'],
        ['payments', '--payments <file>'],
      ] as const)
        if (options[name] === undefined)
          command.error(`error: required option '${flags}' not specified`, { exitCode: 2 })
      return route(options as RouteOptions)
    })
    .addCommand(part(check()))
    .addCommand(part(diffCommand()))
    .addCommand(part(drillCommand()))
    .addCommand(part(complianceCommand()))
    .addCommand(part(forecastCommand()))
    .addCommand(part(example()))
    // `route diff --config A` has options of its own.
    .enablePositionalOptions()

const check = () =>
  json(
    config(
      new Command('check').description(
        'Is this routing document valid? Every error; what is legal and odd, with proof. Exit code 1: valid, and not accepted live.',
      ),
    ),
  )
    .option('--last-month <file>', 'what merchants paid last month: a JSON object of fen by merchant')
    .addOption(new Option('--lang <language>', 'of the sentences').choices(['en', 'zh-CN']).default('en'))
    .action((options: { config: string; json?: boolean; lastMonth?: string; lang: string }) => {
      const document = readRouting(options.config)
      const lastMonth =
        options.lastMonth === undefined ? undefined : new Map(Object.entries(readLastMonth(options.lastMonth)))
      const warnings = routingWarnings(document, lastMonth)
      const refused = warnings.filter(({ level }) => level === 'refuse').length
      if (refused > 0) process.exitCode = 1
      if (options.json === true) return print(JSON.stringify(warnings, null, 2))
      const { channels, mids, pools, merchants } = document
      print(
        `${refused === 0 ? 'valid' : 'valid offline, and not accepted live'}: ${count(channels.length)} channels, ${count(mids.length)} MIDs, ${count(pools.length)} pools, ${count(merchants.length)} merchants; ${warnings.length - refused} warnings${refused === 0 ? '' : `, ${refused} to be mended first (refuse)`}`,
      )
      for (const { code, level, path, message, messageZh } of warnings)
        print(`  ${level} ${code} ${path}: ${options.lang === 'zh-CN' ? messageZh : message}`)
    })

function readLastMonth(file: string): Record<string, number> {
  const found = readJson(file)
  const isFen = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0
  if (typeof found !== 'object' || found === null || Array.isArray(found) || !Object.values(found).every(isFen))
    throw new BadInput(
      `${file}: expected an object such as {"M0001": 1000000}, in fen (${inChinese('expected an object')})`,
    )
  return found as Record<string, number>
}

const both = (value: string, before: string[] = []): string[] => [...before, value]
const diffCommand = () =>
  json(
    withFileOptions(
      new Command('diff')
        .description('The same payments under two configurations: cost, refusals, load per MID, payments that move.')
        .requiredOption('--config <file>', 'twice: what is in force, and the draft', both)
        .requiredOption('--payments <file>', 'payments, one JSON object per line (.gz too)'),
    ),
  ).action(
    async ({
      config: files,
      json: asJson,
      ...options
    }: Omit<RouteOptions, 'config'> & { config: string[]; json?: boolean }) => {
      if (files.length !== 2) throw new BadInput('expected --config A --config B: what is in force, and the draft')
      await diff(files[0]!, files[1]!, options, asJson === true)
    },
  )

const drillCommand = () =>
  json(config(new Command('drill').description('N−1: which merchants cannot pay at which hours if a channel stops.')))
    .requiredOption('--channel <code>', 'the channel that stops')
    .action((options: { config: string; channel: string; json?: boolean }) => {
      const routing = readCompiled(options.config)
      if (!routing.channels.has(options.channel))
        throw new BadInput(`expected a channel of ${options.config}, found ${options.channel}`)
      const lines = drill(routing, options.channel)
      if (options.json === true) return print(JSON.stringify(lines, null, 2))
      const merchants = new Set(lines.map(({ merchant }) => merchant)).size
      print(
        `without ${options.channel}: ${count(merchants)} of ${count(routing.document.merchants.length)} merchants cannot pay at some hours`,
      )
      const groups = new Map<string, string[]>()
      for (const { merchant, method, type, gaps } of lines) {
        const key = `${method}/${type} ${gaps.map(([from, to]) => `${from}–${to}`).join(', ')}`
        groups.set(key, [...(groups.get(key) ?? []), merchant])
      }
      for (const [what, who] of [...groups].sort(([, a], [, b]) => b.length - a.length).slice(0, TOP))
        print(`  ${what}: ${count(who.length)} merchants (${who.slice(0, 5).join(', ')}${who.length > 5 ? ', …' : ''})`)
    })

const complianceCommand = () =>
  json(
    config(
      new Command('compliance').description(
        'Shared pools and who approved them, concentration per MID, MCC and region mismatches.',
      ),
    ),
  )
    .option('--merchants <file>', 'merchants: MCC and region (a JSON array)')
    .option('--payments <file>', 'with payments: concentration by what each MID carried')
    .action(async (options: { config: string; merchants?: string; payments?: string; json?: boolean }) => {
      const routing = readCompiled(options.config)
      const { payments } = options
      const replay =
        payments === undefined
          ? undefined
          : await replayFile(
              routing,
              { ...options, payments, drawKey: Buffer.alloc(32), client: 'offline' },
              { each: () => undefined },
            )
      const report = compliance(routing, merchantsOf(options.merchants), replay?.loads('mid'))
      if (options.json === true) return print(JSON.stringify(report, null, 2))
      print(
        table(
          ['shared pool', '>shared MIDs', '>merchants', 'approved by', 'reference'],
          report.sharedPools.map((one) => [
            one.pool,
            count(one.sharedMids),
            count(one.merchants.length),
            one.approvedBy ?? 'NOBODY',
            one.reference ?? '-',
          ]),
        ),
      )
      print(`\n${report.mismatches.length} mismatches between MIDs and the merchants that they are registered for`)
      if (report.mismatches.length > 0)
        print(
          table(
            ['MID', 'merchant', 'what', 'of the MID', 'of the merchant'],
            report.mismatches
              .slice(0, TOP)
              .map((one) => [one.mid, one.merchant, one.what, one.ofMid, one.ofMerchant ?? '-']),
          ),
        )
      print(
        `\n${table(
          ['MID', 'channel', '>merchants', '>carried', '>share'],
          report.concentration
            .slice(0, TOP)
            .map((one) => [one.mid, one.channel, count(one.merchants), amount(one.amountFen), percent(one.sharePpm)]),
        )}`,
      )
    })

const forecastCommand = () =>
  json(
    withRouteOptions(
      new Command('forecast').description(
        'When each MID, pool and channel will be full today, from the same weekday and the day so far; and what really happened.',
      ),
    ),
  )
    .requiredOption('--at <time>', 'told at this time of the last day of the file', time)
    .action((options: RouteOptions & { at: string; json?: boolean }) => forecast(options))

const example = () =>
  new Command('example')
    .description(
      'Writes the example: routing.json, merchants.json, payments.ndjson. The same seed writes the same files.',
    )
    .requiredOption('--out <folder>', 'where; made if it is not there')
    .option('--payments <n>', 'how many, over two Wednesdays', whole(2, 10_000_000), 40_000)
    .option('--seed <n>', 'of the draws', whole(0, 2 ** 32 - 1), 1)
    .action(({ out, payments, seed }: { out: string; payments: number; seed: number }) =>
      print(writeExample(out, seed, payments)),
    )
