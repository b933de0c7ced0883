import { door } from './parts/door'
import { evaluation } from './parts/evaluation'
import { http } from './parts/http'
import type { BenchOptions, Report } from './parts/part'
import { machine } from './report/machine'

const runners = { a: http, b: evaluation, door } satisfies Record<string, (options: BenchOptions) => Promise<Report>>

export type Part = keyof typeof runners
export const parts = Object.keys(runners) as Part[]
export const isPart = (name: string): name is Part => Object.hasOwn(runners, name)

/** Runs the parts one after another and prints their figures; progress goes to stderr. */
export async function transactions(wanted: readonly Part[], options: BenchOptions): Promise<void> {
  const reports: Report[] = []
  for (const part of wanted) reports.push(await runners[part](options))
  const versions = Object.assign({}, ...reports.map((report) => report.versions ?? {})) as Record<string, string>
  const length = options.quick ? '**Quick run: to see that it works, not to quote.**\n\n' : ''
  const bodies = reports.map(({ title, body }) => `### ${title}\n\n${body}`)
  process.stdout.write(`${length}${machine(versions)}\n\n${bodies.join('\n\n')}\n`)
}
