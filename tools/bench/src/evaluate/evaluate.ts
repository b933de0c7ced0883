import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { machine } from '../report/machine'
import { figure, goal, table } from '../report/table'
import { cardGroupsFile, merchantsFile, writeCampaigns, writePayments } from './files'

export interface EvaluateBenchOptions {
  lines: number
  say: (line: string) => void
}

interface Used {
  seconds: number
  cpuSeconds: number
  peakMiB: number
}

const GOAL_PER_SECOND = 100_000

/** `./lijian evaluate` over a file, as a user runs it, beside a program that only reads, parses and prints the same lines. */
export async function evaluate({ lines, say }: EvaluateBenchOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lijian-bench-evaluate-'))
  try {
    const [campaigns, payments, out] = ['campaigns.json', 'payments.ndjson', 'answers.ndjson'].map((name) =>
      join(folder, name),
    ) as [string, string, string]
    say(`${lines.toLocaleString('en')} payments are written`)
    writeCampaigns(campaigns)
    writePayments(payments, { lines, mixed: false })
    const world = ['--campaigns', campaigns, '--merchants', merchantsFile, '--card-groups', cardGroupsFile]
    const cli = join(dirname(require.resolve('@lijian/cli/package.json')), 'dist', 'cli.js')
    const command = [cli, 'evaluate', ...world, '--payments', payments, '--out', out]
    say('floor: read, JSON.parse, JSON.stringify')
    const floor = await run([require.resolve('./floor'), payments])
    say('evaluate')
    const plain = await run(command)
    say('evaluate --explain')
    const explain = await run([...command, '--explain'])
    const row = (name: string, { seconds, cpuSeconds, peakMiB }: Used, aim: (perSecond: number) => string) => [
      name,
      figure(lines / seconds),
      aim(lines / cpuSeconds),
      figure((cpuSeconds * 1e6) / lines),
      figure(cpuSeconds / floor.cpuSeconds),
      figure(peakMiB),
    ]
    const rows = [
      row('floor', floor, figure),
      row('evaluate', plain, (perSecond) => goal(perSecond, '≥', GOAL_PER_SECOND)),
      row('evaluate --explain', explain, figure),
    ]
    const head = ['program', 'lines/s', 'lines per CPU second', 'CPU µs/line', 'CPU ÷ floor', 'peak MiB']
    const notes = `${lines.toLocaleString('en')} payments over the eleven documents in campaigns/, from start to end of the process (Node, modules and documents: a third of a second). CPU counts every thread, garbage collection too; the clock counts whatever else the machine does.`
    process.stdout.write(`${machine()}\n\n### evaluate over a file\n\n${notes}\n\n${table(head, rows)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function run(args: readonly string[]): Promise<Used> {
  const begun = performance.now()
  const child = spawn(process.execPath, ['-r', require.resolve('./usage'), ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const [said, left, code] = await Promise.all([
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    new Promise((resolve) => child.once('close', resolve)),
  ])
  if (code !== 0) throw new Error(`${args.join(' ')}: ${said}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(left) as NodeJS.ResourceUsage
  return {
    seconds: (performance.now() - begun) / 1000,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMiB: maxRSS / 1024,
  }
}
