import { fork } from 'node:child_process'
import { machine } from './report/machine'
import { CATALOGS, SIZES } from './rules/catalogs'
import { ENGINES, OURS, PEERS } from './rules/engines'
import type { RulesRun, RulesTask } from './rules/process'
import { goals, indexTable, peersTable, type Runs } from './rules/report'

export interface RulesOptions {
  quick: boolean
  /** Seconds of each measured phase, if it is not over before. */
  seconds: number
  say: (line: string) => void
}

/** Lijian's evaluation and three rule engines on the same campaigns and payments; stops when one of them says something else. */
export async function rules({ quick, seconds, say }: RulesOptions): Promise<void> {
  const print = (text: string) => process.stdout.write(`${text}\n\n`)
  if (quick) print('**Quick run: to see that it works, not to quote.**')
  print(machine())
  const effort = { warmupMs: seconds * 300, measureMs: seconds * 1_000, mostRounds: quick ? 5_000 : 50_000 }
  const runs = new Map<string, Map<string, RulesRun>>()
  for (const catalog of Object.keys(CATALOGS)) {
    const engines = SIZES.some((size) => String(size) === catalog) ? Object.keys(ENGINES) : [OURS]
    for (const engine of engines) {
      say(`rules: ${engine}, ${catalog} offers`)
      const done = await inProcess({ engine, catalog, effort, pool: quick ? 200 : 2_000 })
      runs.set(catalog, (runs.get(catalog) ?? new Map<string, RulesRun>()).set(engine, done))
    }
  }
  print(report(runs))
}

function report(runs: Runs): string {
  const versions = PEERS.map((name) => `${name} ${versionOf(name)}`).join(', ')
  const notes = `With ${versions}. 100,000 merchants; payments that get at least one offer, at any hour of two weeks, and beside them those that get none.`
  return [
    `### Rules: one evaluation\n\n${notes}`,
    peersTable(runs),
    goals(runs),
    '### Rules: what the index does\n\nThe sizes as above, then other catalogs; Lijian without counters.',
    indexTable(runs),
  ].join('\n\n')
}

function versionOf(name: string): string {
  // Not every package lets its package.json be asked for by name.
  const folder = require.resolve.paths(name)!.map((path) => `${path}/${name}/package.json`)
  for (const file of folder) {
    try {
      return (require(file) as { version: string }).version
    } catch {
      continue
    }
  }
  return 'unknown'
}

/** A process of its own for each, so that no engine meets what another has left in the heap. */
function inProcess(task: RulesTask): Promise<RulesRun> {
  return new Promise((resolve, reject) => {
    const child = fork(require.resolve('./rules/process'), {
      execArgv: ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'],
    })
    child.once('message', (done) => resolve(done as RulesRun))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`${task.engine} on ${task.catalog} offers ended with code ${code}`))
    })
    child.send(task)
  })
}
