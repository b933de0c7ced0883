import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')
export const bin = (name) => join(root, 'node_modules', '.bin', name)
export const say = (line) => process.stdout.write(`${line}\n`)
export const secondsSince = (begun) => `${((Date.now() - begun) / 1000).toFixed(1)} s`

/** What the last line says. */
export const tally = { passed: 0, failed: 0 }

/** Of what is started: Nx without daemon and screen, colours as the terminal has them. */
export const environment = () => ({
  ...process.env,
  NX_DAEMON: 'false',
  NX_TUI: 'false',
  NX_INTERACTIVE: 'false',
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
})

/** One check: passes, or fails with what it said. */
export async function step(name, work) {
  const begun = Date.now()
  let problem
  try {
    await work()
  } catch (error) {
    problem = error.message
  }
  if (problem === undefined) tally.passed++
  else tally.failed++
  say(`${problem === undefined ? 'ok    ' : 'FAILED'}  ${name.padEnd(12)}${secondsSince(begun)}`)
  if (problem !== undefined) say(problem.replace(/^/gm, '        '))
}

/** Runs a program to its end; with `nice` it leaves the processors to whom is in a hurry. */
export function run(file, words, { nice = false } = {}) {
  const [program, ...rest] = nice ? ['nice', file, ...words] : [file, ...words]
  return new Promise((resolve, reject) => {
    const child = spawn(program, rest, { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.once('error', reject)
    child.once('close', (code, signal) =>
      code === 0 ? resolve(said) : reject(new Error(said.trim() || `ended with ${code ?? signal}`)),
    )
  })
}
