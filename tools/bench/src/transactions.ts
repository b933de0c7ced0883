import { burst } from './parts/burst'
import { door } from './parts/door'
import { evaluation } from './parts/evaluation'
import { http } from './parts/http'
import type { BenchOptions, Report } from './parts/part'
import { workflows } from './parts/workflows'
import { machine } from './report/machine'

const runners = { a: http, b: evaluation, c: workflows, d: burst, door } satisfies Record<
  string,
  (options: BenchOptions) => Promise<Report>
>

export type Part = keyof typeof runners
export const parts = Object.keys(runners) as Part[]
export const isPart = (name: string): name is Part => Object.hasOwn(runners, name)

/** Runs the parts one after another; figures go to stdout as soon as a part is done, progress to stderr. */
export async function transactions(wanted: readonly Part[], options: BenchOptions): Promise<void> {
  const print = (text: string) => process.stdout.write(`${text}\n\n`)
  if (options.quick) print('**Quick run: to see that it works, not to quote.**')
  print(machine())
  for (const part of wanted) {
    const { title, body, versions = {} }: Report = await runners[part](options)
    const found = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
    print(`### ${title}\n\n${found.length > 0 ? `With ${found.join(', ')}. ` : ''}${body}`)
  }
}
