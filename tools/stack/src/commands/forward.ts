import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { dataDirOf } from '../core/places'
import { isSupervised, readRun } from '../core/run-file'
import { repositoryRoot } from '../core/stack'
import { refuseOtherOffset, withoutOffset } from './offset'
import { up } from './up'

/** Runs a program of the repository in this terminal; its exit code is ours. */
export async function forward(
  entry: string,
  args: readonly string[],
  { env = {}, cwd }: { env?: Record<string, string>; cwd?: string } = {},
): Promise<void> {
  const root = repositoryRoot()
  const file = join(root, entry)
  if (!existsSync(file)) throw new Error(`${entry} is missing`)
  const child = spawn(process.execPath, [file, ...args], {
    cwd: cwd ?? root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  // The terminal sends Ctrl-C to both; the program decides how it ends and we wait for it.
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  process.on('SIGINT', () => undefined)
  process.on('SIGTERM', pass)
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** The environment of the running stack, so that a tool speaks to the same servers with the same keys. */
export async function forwardIntoStack(
  entry: string,
  words: readonly string[],
  { start = false, cwd }: { start?: boolean; cwd?: string } = {},
): Promise<void> {
  const { words: args, portOffset } = withoutOffset(words)
  if (args.includes('--help') || args.includes('-h')) return forward(entry, args)
  if (start && !isSupervised(readRun(dataDirOf()))) await up({ detach: true, portOffset })
  refuseOtherOffset(portOffset)
  const run = readRun(dataDirOf())
  if (!isSupervised(run)) throw new Error('the stack is not running: ./lijian up --detach')
  await forward(entry, args, { env: run.env, ...(cwd === undefined ? {} : { cwd }) })
}
