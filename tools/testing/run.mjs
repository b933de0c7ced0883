/**
 * `./lijian test`: everything the project checks, each step with its time; what fails shows its output. `./lijian test PATTERN …` runs only
 * jest, with those words. The last line is `N passed, N failed`: tests of jest, and each other step as one check.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

if (process.argv.slice(2).some((word) => word === '--help' || word === '-h')) {
  process.stdout.write(`./lijian test [PATTERN …] [jest's options]
Everything the project checks: build, types, lint, boundaries, format, and all tests on real servers. With words only jest, with those words.
The last line is "N passed, N failed"; exit code 0 only when nothing failed and something passed.
`)
  process.exit(0)
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const scratch = mkdtempSync(join(tmpdir(), 'lijian-test-run-'))
const words = process.argv.slice(2)
const env = {
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_INTERACTIVE: 'false',
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
}
const bin = (name) => join(root, 'node_modules', '.bin', name)
const say = (line) => process.stdout.write(`${line}\n`)
const seconds = (begun) => `${((Date.now() - begun) / 1000).toFixed(1)} s`

let passed = 0
let failed = 0

const steps = [
  ['build', bin('nx'), ['run-many', '-t', 'build']],
  ['types', bin('tsc'), ['-b']],
  ['lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['boundaries', process.execPath, ['tools/boundaries/check.mjs']],
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['graph', bin('nx'), ['graph', `--file=${join(scratch, 'graph.json')}`]],
]

try {
  if (words.length === 0) {
    for (const [name, file, args] of steps) await step(name, () => run(file, args))
    await step('temporal', resolveTemporal)
  } else {
    await resolveTemporal().catch((error) => say(`temporal: ${error.message}`))
  }
  await jest(words)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
say(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1

/** One check: passes, or fails with what it said. */
async function step(name, work) {
  const begun = Date.now()
  let problem
  try {
    await work()
  } catch (error) {
    problem = error.message
  }
  if (problem === undefined) passed++
  else failed++
  say(`${problem === undefined ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)}${seconds(begun)}`)
  if (problem !== undefined) say(problem.replace(/^/gm, '        '))
}

function run(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(said.trim() || `ended with ${code ?? signal}`)),
    )
  })
}

/** Found, downloaded or built (4 minutes, once per machine) by the launcher's own code, before a test could wait for it. */
async function resolveTemporal() {
  const { temporalCli } = createRequire(import.meta.url)('@lijian/stack')
  env.TEST_TEMPORAL_PROGRAM = await temporalCli((line) => say(`        ${line}`))
}

/** Jest speaks for itself while it runs; its counts come from its JSON. A suite that did not start is a failure. */
async function jest(patterns) {
  const begun = Date.now()
  const file = join(scratch, 'jest.json')
  const args = ['--ci', '--json', `--outputFile=${file}`, ...patterns]
  const code = await new Promise((resolve) => {
    const child = spawn(bin('jest'), args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', () => resolve(1))
    child.once('close', resolve)
  })
  const counts = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 }
  const wrong = counts.numFailedTests + (counts.numRuntimeErrorTestSuites ?? 0)
  passed += counts.numPassedTests
  // Jest may refuse for a reason that no test carries: no test found, a setup that threw.
  failed += wrong > 0 || code === 0 ? wrong : 1
  const verdict = wrong === 0 && code === 0 ? 'ok    ' : 'FAILED'
  say(`${verdict}  ${'jest'.padEnd(12)}${seconds(begun)}  ${counts.numPassedTests} tests`)
}
