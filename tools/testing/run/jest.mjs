import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative } from 'node:path'
import { bin, environment, root, say, secondsSince, tally } from './steps.mjs'

const { PROJECTS, projectOf } = createRequire(import.meta.url)('../projects.cjs')

/** Jest speaks for itself while it runs; its counts come from its JSON. A suite that did not start is a failure. */
export async function jest(scratch, words) {
  const begun = Date.now()
  const file = join(scratch, 'jest.json')
  const code = await new Promise((resolve) => {
    const args = ['--ci', '--json', `--outputFile=${file}`, ...words]
    const child = spawn(bin('jest'), args, { cwd: root, env: environment(), stdio: ['ignore', 'ignore', 'inherit'] })
    child.once('error', () => resolve(1))
    child.once('close', resolve)
  })
  const empty = { numPassedTests: 0, numFailedTests: 0, testResults: [] }
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : empty
  const wrong = result.numFailedTests + (result.numRuntimeErrorTestSuites ?? 0)
  tally.passed += result.numPassedTests
  // Jest may refuse for a reason that no test carries: no test found, a setup that threw.
  tally.failed += wrong > 0 || code === 0 ? wrong : 1
  tellSlowest(result.testResults)
  const verdict = wrong === 0 && code === 0 ? 'ok    ' : 'FAILED'
  say(
    `${verdict}  ${'jest'.padEnd(12)}${secondsSince(begun)}  ${result.numPassedTests} tests: ${byProject(result.testResults)}`,
  )
}

function tellSlowest(suites) {
  const took = ({ startTime, endTime }) => endTime - startTime
  const slowest = [...suites].sort((a, b) => took(b) - took(a)).slice(0, 10)
  if (suites.length > 10) say('the ten slowest files:')
  else return
  for (const suite of slowest) say(`${(took(suite) / 1000).toFixed(1).padStart(9)} s  ${relative(root, suite.name)}`)
}

function byProject(suites) {
  const count = Object.fromEntries(PROJECTS.map((project) => [project, 0]))
  for (const { name, assertionResults } of suites) count[projectOf(name)] += assertionResults.length
  return PROJECTS.map((project) => `${project} ${count[project]}`).join(', ')
}
