import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Identity, identify, isAlive } from './identity'
import { passedThrough } from './environment'
import type { Command } from './server'
import { within } from './wait'

export interface Child {
  identity: Identity
  exited: Promise<string>
  hasExited(): boolean
}

/** Writes straight to its log file, so that it outlives the launcher unharmed, and stands in a process group of its own, so that
 *  Ctrl-C reaches the launcher alone, which then stops everything in the right order. */
export async function startChild(
  command: Command,
  env: Readonly<Record<string, string | undefined>>,
  logFile: string,
): Promise<Child> {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = openSync(logFile, 'a', 0o640)
  const { file, args, cwd, uid, gid } = command
  const child = spawn(file, args, {
    cwd,
    uid,
    gid,
    env: { ...passedThrough(env), ...command.env } as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ended = endOf(child)
  await started(child, file)
  const pid = child.pid ?? 0
  return {
    identity: identify(pid) ?? { pid, mark: '' },
    exited: ended,
    hasExited: () => child.exitCode !== null || child.signalCode !== null,
  }
}

/** A process that an earlier launcher started. It is not this one's child, so the system does not tell how it ends. */
export function adoptChild(identity: Identity): Child {
  const hasExited = () => !isAlive(identity)
  const exited = within(Infinity, 200, hasExited).then(
    () => 'ended; how is not known, for an earlier launcher had started it',
  )
  return { identity, exited, hasExited }
}

const started = (child: ChildProcess, file: string) =>
  new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => reject(new Error(`${file} could not be started: ${cause.message}`, { cause })))
  })

const endOf = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with code ${code}`))
  })

/** Only ever the very process that was started: a stranger with the same number is left alone. */
export async function stopProcess(identity: Identity, signal: NodeJS.Signals, patienceMs = 20_000): Promise<void> {
  if (!isAlive(identity)) return
  process.kill(identity.pid, signal)
  if (await within(patienceMs, 50, () => !isAlive(identity))) return
  if (isAlive(identity)) process.kill(identity.pid, 'SIGKILL')
  await within(5_000, 50, () => !isAlive(identity))
}

export function lastLines(file: string, count: number): string[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count)
}
