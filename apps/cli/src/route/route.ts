import { present } from '@lijian/contracts/system'
import { resolve } from 'node:path'
import { stderr } from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Merchant } from '@lijian/contracts/marketing'
import type { RouteLine } from '@lijian/contracts/routing'
import {
  RouteReplay,
  ReplayRefusal,
  routingWarnings,
  type ReplayPayment,
  type Routed,
  type Routing,
} from '@lijian/selection'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { readMerchants } from '../documents'
import { BadInput } from '../fail'
import { Output } from '../output'
import { Progress } from '../progress'
import { readLines } from '../read-lines'
import { Target } from '../target'
import { isPayment, outcomeOf, parseRouteLine, paymentOf, readCompiled, toldOutcome } from './documents'
import { summaryOf, summaryTables } from './summary'

export interface RouteOptions {
  config: string
  payments: string
  merchants?: string
  drawKey: Buffer
  client: string
  explain?: boolean
  atSpeed?: number | true
  out?: string
  summary?: string
}

export const key32 = (text: string): Buffer => {
  if (!/^[0-9a-fA-F]{64}$/.test(text)) throw new InvalidArgumentError('64 hexadecimal digits are expected')
  return Buffer.from(text, 'hex')
}
const factor = (text: string): number => {
  const value = Number(text)
  if (!(value > 0 && value <= 1_000_000))
    throw new InvalidArgumentError('expected a factor such as 60: so many times as fast')
  return value
}

const NEEDED = [
  ['--config <file>', 'the routing document'],
  ['--payments <file>', 'payments, one JSON object per line (.gz too); - for stdin'],
] as const

/** `needed` false: a command with commands of its own, which have these options too; it looks for itself. */
export const withRouteOptions = (command: Command, needed = true): Command =>
  withFileOptions(
    NEEDED.reduce(
      (all, [flags, about]) => (needed ? all.requiredOption(flags, about) : all.option(flags, `${about} (needed)`)),
      command,
    ),
  )

export const withFileOptions = (command: Command): Command =>
  command
    .option('--merchants <file>', 'merchants: MCC and region (a JSON array), for payments that do not say them')
    .addOption(
      new Option('--draw-key <hex>', 'key of the draws, 64 hexadecimal digits')
        .argParser(key32)
        .default(Buffer.alloc(32), 'zeros'),
    )
    .option('--client <code>', 'client, a part of the seed of a draw', 'offline')
    .option('--explain', 'a reason for every MID that was passed over, also of payments that were routed')
    .option('--at-speed [factor]', 'as the payments came, by their "at"; so many times as fast', factor)

/** Of what routes a file; its sisters only print. */
export const withOutputs = (command: Command): Command =>
  command
    .option('--out <file>', 'write there instead of stdout')
    .option('--summary <file>', 'the summary as JSON; on stderr it is a table')

export const merchantsOf = (file: string | undefined): ReadonlyMap<string, Merchant> =>
  new Map(file === undefined ? [] : readMerchants(file).map((one) => [one.id, one]))

/** Routes a file; one line of answer per payment, the summary at the end. */
export async function route(options: RouteOptions): Promise<void> {
  const routing = readCompiled(options.config)
  for (const { level, path, message } of routingWarnings(routing.document))
    if (level !== 'info') stderr.write(`warning: ${path}: ${message}\n`)
  const { out, summary } = options
  const inputs = [options.config, options.payments, options.merchants]
  if (summary !== undefined && out !== undefined && resolve(summary) === resolve(out))
    throw new BadInput(`${summary}: is to be the answers and the summary; give each a file of its own`)
  const output = new Output(out, inputs)
  let target: Target | undefined
  try {
    if (summary !== undefined) target = new Target(summary, inputs)
    const { replay, routed } = await routeLines(routing, options, output)
    stderr.write(`\n${summaryTables(replay, routing)}`)
    target?.write(`${JSON.stringify(summaryOf(replay, routed), null, 2)}\n`)
  } catch (error) {
    output.abandon()
    target?.abandon()
    throw error
  }
}

async function routeLines(routing: Routing, options: RouteOptions, output: Output) {
  const progress = new Progress(options.payments)
  let lines = 0
  let routed = 0
  const replay = await replayFile(routing, options, {
    each: (answer) => {
      lines += 1
      if (typeof answer.mid === 'string') routed += 1
      output.line(JSON.stringify(answer))
    },
    shown: () => output.through(),
    afterChunk: async (bytes) => {
      await output.flush()
      progress.at(lines, bytes)
    },
  })
  await output.end()
  progress.done(lines, `${routed.toLocaleString('en')} routed, ${replay.refused.toLocaleString('en')} without a route`)
  return { replay, routed }
}

export interface Answer {
  serial: string
  mid?: string | null
  [more: string]: unknown
}

interface Reader {
  each: (answer: Answer, payment?: ReplayPayment) => void
  /** At the payments' own speed: each answer is shown before the next payment. */
  shown?: () => Promise<void>
  afterChunk?: (bytes: number) => Promise<void>
}

/** Every line of a file through a replay. */
export async function replayFile(
  routing: Routing,
  options: Pick<RouteOptions, 'payments' | 'merchants' | 'drawKey' | 'client' | 'explain' | 'atSpeed'>,
  { each, shown = async () => undefined, afterChunk = async () => undefined }: Reader,
): Promise<RouteReplay> {
  const { drawKey, client, explain = false, atSpeed } = options
  const merchants = merchantsOf(options.merchants)
  const replay = new RouteReplay({ routing, drawKey, client, explain })
  const decide = (line: RouteLine) => {
    if (isPayment(line)) {
      const payment = paymentOf(line, merchants)
      return each(
        answerOf(line.serial, () => replay.payment(payment, toldOutcome(line)), explain),
        payment,
      )
    }
    const error = replay.result(line.serial, line.mid, outcomeOf(line))
    each({ serial: line.serial, event: 'result', ...present({ error }) })
  }
  const pace = atSpeed === undefined ? undefined : new Pace(atSpeed === true ? 1 : atSpeed)
  const waiting: RouteLine[] = []
  await readLines(
    options.payments,
    (text, number) => {
      const line = parseRouteLine(text, () => `${options.payments}:${number}`)
      if (pace === undefined) decide(line)
      else waiting.push(line)
    },
    async (bytes) => {
      for (const line of waiting.splice(0)) {
        if (isPayment(line)) await pace!.until(Date.parse(line.at))
        decide(line)
        await shown()
      }
      await afterChunk(bytes)
    },
  )
  return replay
}

function answerOf(serial: string, decide: () => Routed, explain: boolean): Answer {
  try {
    const { route: found, refusals } = decide()
    const reasons = found === undefined || (explain && refusals.length > 0) ? { reasons: refusals } : {}
    if (found === undefined) return { serial, mid: null, channel: null, pool: null, cost: null, ...reasons }
    const { mid, channel, pool, costFen, probe } = found
    return { serial, mid, channel, pool, cost: costFen, ...(probe ? { probe } : {}), ...reasons }
  } catch (error) {
    if (error instanceof ReplayRefusal) return { serial, error: error.code, detail: error.message }
    throw error
  }
}

/** Lets payments pass as they came. */
class Pace {
  private readonly begunMs = Date.now()
  private firstMs: number | undefined

  constructor(private readonly times: number) {}

  async until(atMs: number): Promise<void> {
    this.firstMs ??= atMs
    const leftMs = this.begunMs + (atMs - this.firstMs) / this.times - Date.now()
    if (leftMs > 0) await sleep(leftMs)
  }
}
