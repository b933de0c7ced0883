import { resolve } from 'node:path'
import { stderr, stdout } from 'node:process'
import { repeatedOfferCodes, Tallies } from '@lijian/backtest'
import type { BacktestReport } from '@lijian/contracts/marketing'
import { Evaluator, type EvaluatorOptions } from '@lijian/evaluator'
import { Command } from 'commander'
import { BadInput } from './fail'
import { keepSummaries } from './keep-summaries'
import { filesOf, readWorld, withWorld, type WorldOptions } from './options'
import { backtestPage } from './page/page'
import { parseLine } from './parse-line'
import { Progress } from './progress'
import { readLines } from './read-lines'
import { SpillStore } from './spill-store'
import { Target } from './target'
import { backtestTables } from './tables'
import { address, keyFor } from './to-server'

interface BacktestOptions extends WorldOptions {
  campaigns: string
  against?: string
  payments: string
  json?: string
  html?: string
  keep?: boolean
  url: string
  key?: string
}

export const backtestCommand = (): Command =>
  withWorld(
    new Command('backtest')
      .description(
        'What drafts would have cost and done on a file of payments, in order, with limits kept: no servers.',
      )
      .requiredOption('--campaigns <path>', 'a file with one campaign or an array, or a folder of them')
      .requiredOption('--payments <file>', 'payments, one JSON object per line, plain or .gz; - for stdin')
      .option('--against <path>', 'other campaigns, on the same payments: A, B, and A - B'),
  )
    .option('--json <file>', 'the whole report as JSON; - for stdout instead of tables')
    .option('--html <file>', 'a page with charts that needs nothing else')
    .option(
      '--keep',
      'store the sums with the campaigns: whoever approves them, and their report, see what was promised',
    )
    .option('--url <address>', 'the API, for --keep', `http://127.0.0.1:${process.env['LIJIAN_API_PORT'] ?? '8080'}`)
    .option(
      '--key <key>',
      'an API key with the scope campaigns.make (default: of ./lijian login, else the development key in .lijian/keys.json)',
    )
    .action((options: BacktestOptions) => backtest(options))

async function backtest(options: BacktestOptions): Promise<void> {
  const say = (line: string) => stderr.write(`${line}\n`)
  const worlds = [options.campaigns, ...(options.against === undefined ? [] : [options.against])].map((path) =>
    worldOf(path, options, say),
  )
  const inputs = [options.campaigns, options.against, options.payments, ...filesOf(options)]
  const { json, html } = options
  // Before minutes of work: whether there is somewhere to keep it.
  if (options.keep === true) options.key ??= keyFor(address(options.url))
  if (json !== undefined && html !== undefined && resolve(json) === resolve(html))
    throw new BadInput(`${html}: is to be the JSON and the page; give each a file of its own`)
  const targets: { json?: Target; html?: Target } = {}
  try {
    if (json !== undefined && json !== '-') targets.json = new Target(json, inputs)
    if (html !== undefined) targets.html = new Target(html, inputs)
    const reports = await run(worlds, options.payments)
    const of = { a: options.campaigns, b: options.against, payments: options.payments }
    const [report, ...others] = reports as [BacktestReport, ...BacktestReport[]]
    if (html !== undefined && others.length > 0)
      throw new BadInput(
        `${options.payments}: payments in ${reports.map(({ currency }) => currency).join(' and ')}: a page shows one currency, part the file or leave --html out`,
      )
    const text = `${JSON.stringify(others.length === 0 ? report : reports, null, 2)}\n`
    targets.json?.write(text)
    targets.html?.write(backtestPage(report, of))
    stdout.write(json === '-' ? text : reports.map((one) => backtestTables(one, of)).join('\n'))
    if (options.keep === true) await keepSummaries(reports, options)
  } catch (error) {
    targets.json?.abandon()
    targets.html?.abandon()
    throw error
  }
}

function worldOf(path: string, options: WorldOptions, say: (line: string) => void): EvaluatorOptions {
  const world = readWorld(path, options, say)
  const [repeated] = repeatedOfferCodes(world.campaigns)
  if (repeated !== undefined)
    throw new BadInput(
      `${path}: offer ${repeated.offer} is in campaigns ${repeated.campaigns.join(' and ')}: give each offer its own code`,
    )
  return world
}

/** A report for each currency of the file, as it comes first; of one without payments that of its documents. */
async function run(worlds: readonly EvaluatorOptions[], payments: string): Promise<BacktestReport[]> {
  const stores = worlds.map(() => new SpillStore())
  const evaluators = worlds.map((world, i) => new Evaluator({ ...world, explain: true, store: stores[i]! }))
  const tallies = new Tallies(worlds)
  const progress = new Progress(payments)
  let lines = 0
  try {
    await readLines(
      payments,
      (text, number) => {
        lines += 1
        const line = parseLine(text, () => `${payments}:${number}`)
        tallies.add(
          line,
          evaluators.map((evaluator) => evaluator.line(line, text)),
        )
      },
      (bytes) => Promise.resolve(progress.at(lines, bytes)),
    )
  } finally {
    for (const store of stores) store.close()
  }
  progress.done(lines, worlds.length === 1 ? 'evaluated' : 'evaluated under A and under B')
  return tallies.reports()
}
