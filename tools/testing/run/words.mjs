import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { bin, root } from './steps.mjs'

const { PROJECTS } = createRequire(import.meta.url)('../projects.cjs')

/** How many of a property's runs are made (../fast-check-scaled.cjs). */
export const SCALES = { whole: 1, 'a tenth': 0.1, thorough: 5 }

const POSTGRES = ['embedded', 'path']

export const HELP = `./lijian test [PATTERN …] [options] [jest's options]
Everything the project checks: build, types, lint, boundaries, format, and all tests on real servers. With a PATTERN only jest, with the test
files whose path has it.

  --changed         what is affected by the changes since the merge base with main (on main: by the working tree, else by the last commit):
                    build, types, lint and tests of affected packages, format of changed files; properties at a tenth of their runs
  --thorough        five times as many runs of each property
  --project NAME    only jest, with the tests of one project: ${PROJECTS.join(', ')} (more than one: --project NAME --project NAME)
  --postgres WHICH  embedded: the PostgreSQL of npm for every server of a test; path: the one on PATH. Without it tests share the embedded one, and
                    servers that a test starts for itself are found as ./lijian up finds them (PATH first)
  -h, --help        this

LIJIAN_TEST_FC_SCALE=0.01 … scales the runs of properties by any other number.
The output names the ten slowest files and the tests of each project. The last line is "N passed, N failed"; exit code 0 only when nothing failed
and something passed, 2 when an option was not understood.
`

/** What the words of the command ask for; `wrong` says in a line what was not understood. */
export async function understand(words) {
  const asked = { help: false, changed: false, thoroughness: 'whole', words: [], jestOnly: false }
  const projects = []
  for (let i = 0; i < words.length; i++) {
    const [option, value] = words[i].split(/=(.*)/s, 2)
    if (['--help', '-h'].includes(words[i])) return { help: true }
    if (words[i] === '--changed') asked.changed = true
    else if (words[i] === '--thorough') asked.thoroughness = 'thorough'
    else if (option === '--project') {
      const name = value ?? words[++i]
      if (!PROJECTS.includes(name)) return { wrong: `--project ${name ?? ''}: the projects are ${PROJECTS.join(', ')}` }
      projects.push(name)
    } else if (option === '--postgres') {
      asked.postgres = value ?? words[++i]
      if (!POSTGRES.includes(asked.postgres))
        return { wrong: `--postgres ${asked.postgres ?? ''}: expected ${POSTGRES.join(' or ')}` }
    } else asked.words.push(words[i])
  }
  const unknown = unknownTo(asked.words)
  if (unknown) return { wrong: `${unknown}: neither ./lijian test nor jest has this option; ./lijian test --help` }
  if (asked.changed && asked.words.some((word) => !word.startsWith('-')))
    return { wrong: '--changed chooses the tests itself: leave out the pattern, or --changed' }
  if (asked.changed && asked.thoroughness === 'whole') asked.thoroughness = 'a tenth'
  asked.jestOnly = !asked.changed && asked.words.length + projects.length > 0
  if (projects.length > 0) asked.words.push('--selectProjects', ...projects)
  return asked
}

/** The first option that jest does not have: its help names all that it has. */
function unknownTo(words) {
  const options = words.filter((word) => /^-./.test(word)).map((word) => word.split('=')[0])
  if (options.length === 0) return undefined
  const help = spawnSync(bin('jest'), ['--help'], { cwd: root, encoding: 'utf8' }).stdout
  const known = new Set(help.match(/(?<=[\s,])--?[A-Za-z][\w-]*(?=[\s,])/g))
  return options.find((option) => !known.has(option) && !known.has(option.replace(/^--no-/, '--')))
}
