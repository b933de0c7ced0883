/**
 * `./lijian test`: everything the project checks, each step with its time; what fails shows its output. What its words mean says run/words.mjs.
 * The last line is `N passed, N failed`: tests of jest, and each other step as one check.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whatChanged } from './run/changed.mjs'
import { jest } from './run/jest.mjs'
import { bin, run, say, step, tally } from './run/steps.mjs'
import { HELP, SCALES, understand } from './run/words.mjs'

/** What did not change since it was last found right is not read again. */
const FORMAT = [
  ...['--check', '--log-level', 'warn', '--ignore-unknown', '--no-error-on-unmatched-pattern'],
  ...['--cache', '--cache-strategy', 'content', '--cache-location', 'node_modules/.cache/prettier/check'],
]

const asked = await understand(process.argv.slice(2))
if (asked.help) process.stdout.write(HELP)
else if (asked.wrong) {
  process.stderr.write(`lijian: ${asked.wrong}\n`)
  process.exitCode = 2
} else await main()

async function main() {
  const scratch = mkdtempSync(join(tmpdir(), 'lijian-test-run-'))
  try {
    const own = process.env.LIJIAN_TEST_FC_SCALE
    process.env.LIJIAN_TEST_FC_SCALE ??= String(SCALES[asked.thoroughness])
    if (asked.postgres !== undefined) process.env.LIJIAN_TEST_POSTGRES = asked.postgres
    if (process.env.LIJIAN_TEST_POSTGRES) say(`PostgreSQL: ${process.env.LIJIAN_TEST_POSTGRES}`)
    say(`properties: ${own === undefined ? asked.thoroughness : `LIJIAN_TEST_FC_SCALE=${own}`}`)
    if (asked.jestOnly) await onlyJest(scratch)
    else await everything(scratch, asked.changed ? await whatChanged() : undefined)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
  say(`${tally.passed} passed, ${tally.failed} failed`)
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1
}

async function onlyJest(scratch) {
  await resolveTemporal().catch((error) => say(`temporal: ${error.message}`))
  await resolveRedis().catch((error) => say(`redis: ${error.message}`))
  await resolveBrowser().catch((error) => say(`browser: ${error.message}`))
  await jest(scratch, asked.words)
}

/** Programs are built first, for tests start them; the other checks fill what the tests leave of the processors. */
async function everything(scratch, changed) {
  if (changed)
    say(
      `changed since ${changed.base.slice(0, 12)}: ${changed.files.length} files, ${changed.folders.length} packages affected`,
    )
  await step('build', () => run(bin('nx'), ['run-many', '-t', 'build']))
  await step('temporal', resolveTemporal)
  await step('redis', resolveRedis)
  await step('browser', resolveBrowser)
  const tests = changed ? changed.folders.map((folder) => `${folder}/`) : []
  await Promise.all([
    checks(scratch, changed),
    changed && tests.length === 0
      ? undefined
      : jest(scratch, [...asked.words, ...(changed ? ['--passWithNoTests', ...tests] : [])]),
  ])
}

async function checks(scratch, changed) {
  const folders = changed?.folders ?? []
  const formatted = changed ? changed.files : ['.']
  const list = [
    !(changed && folders.length === 0) && ['types', bin('tsc'), ['-b', ...folders]],
    !(changed && folders.length === 0) && ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings', ...folders]],
    ['boundaries', process.execPath, ['tools/boundaries/check.mjs']],
    formatted.length > 0 && ['format', bin('prettier'), [...FORMAT, ...formatted]],
    !changed && ['graph', bin('nx'), ['graph', `--file=${join(scratch, 'graph.json')}`]],
  ]
  for (const [name, file, words] of list.filter(Boolean)) await step(name, () => run(file, words, { nice: true }))
}

/** Found, downloaded or built (4 minutes, once per machine) by the launcher's own code, before a test could wait for it. */
async function resolveTemporal() {
  const { temporalCli } = createRequire(import.meta.url)('@lijian/stack')
  process.env.TEST_TEMPORAL_PROGRAM = await temporalCli((line) => say(`        ${line}`))
}

/** A Redis or Valkey: tests of the queue run on it too, and fail without one. */
async function resolveRedis() {
  const { redisServer } = createRequire(import.meta.url)('@lijian/stack')
  const { file, origin } = await redisServer((line) => say(`        ${line}`))
  process.env.TEST_REDIS_PROGRAM = file
  say(`        queue on ${origin}`)
}

/** Chromium: tests of the console open its pages in it, and fail without one. */
async function resolveBrowser() {
  const { chromium } = createRequire(import.meta.url)('@lijian/stack')
  const { file, origin } = await chromium((line) => say(`        ${line}`))
  process.env.TEST_CHROMIUM_PROGRAM = file
  say(`        pages in ${origin}`)
}
