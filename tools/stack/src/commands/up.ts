import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { dataDirOf, forThisGroup, makeDataDir } from '../core/places'
import { isSupervised, leftOver, missingIn, readRun, type Run } from '../core/run-file'
import { within } from '../core/wait'
import { following } from './logs'
import { print } from './print'
import { stackFor, type StackWords } from './supervise'

export interface UpOptions extends StackWords {
  detach?: boolean
}

/** Starts the stack, or what is missing of one that runs, without taking healthy parts down. */
export async function up({ detach, ...given }: UpOptions): Promise<void> {
  const words = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as StackWords
  const dataDir = dataDirOf()
  forThisGroup()
  makeDataDir(dataDir)
  const run = readRun(dataDir)
  if (run && (isSupervised(run) || leftOver(run).length > 0)) refuseOther(run, words)
  if (isSupervised(run)) return repair(dataDir, run)
  // What a killed launcher left stands on its ports: it is taken over there.
  const kept = run && leftOver(run).length > 0 ? wordsOfRun(run) : {}
  await startSupervisor({ ...kept, ...words }, detach)
}

const wordsOfRun = ({ profile, portOffset = 0, devKeys = false }: Run): StackWords => ({
  profile: profile as StackWords['profile'],
  portOffset,
  devKeys,
})

function refuseOther(run: Run, { profile, portOffset, devKeys }: StackWords): void {
  const differs = [
    profile !== undefined && profile !== run.profile && `--profile ${run.profile}`,
    portOffset !== undefined && portOffset !== (run.portOffset ?? 0) && `--port-offset ${run.portOffset ?? 0}`,
    devKeys === true && run.devKeys === false && 'no --dev-keys',
  ].filter(Boolean)
  if (differs.length > 0) throw new Error(`the stack runs with ${differs.join(' and ')}: ./lijian down first`)
}

async function repair(dataDir: string, before: Run): Promise<void> {
  const process_ = `process ${before.supervisor.pid}`
  if (before.state !== 'ready') {
    const what = { starting: 'started', repairing: 'repaired', stopping: 'stopped' }[before.state]
    throw new Error(`the stack in ${dataDir} is being ${what} by ${process_}: ./lijian status`)
  }
  const missing = missingIn(before).map(({ name }) => name)
  if (missing.length === 0)
    return print.line(`the stack in ${dataDir} is running already (${process_}); nothing is missing`)
  if (before.repairs === undefined)
    throw new Error(
      `${missing.join(', ')} is missing, and the launcher is of an earlier release: ./lijian down, then up`,
    )
  print.line(`starting what is missing: ${missing.join(', ')} …`)
  const follow = following(join(dataDir, 'logs', 'stack.log'))
  process.kill(before.supervisor.pid, 'SIGUSR2')
  let after: Run | undefined
  await within(3_600_000, 200, () => {
    follow()
    after = readRun(dataDir)
    if (!isSupervised(after)) return true
    return after.state === 'ready' && (after.repairs ?? 0) > (before.repairs ?? 0) && isSettled(after)
  })
  follow()
  tellMissing(after)
}

/** Each part is up or has given up. */
const isSettled = (run: Run): boolean => missingIn(run).every(({ state }) => ['gave up', 'waiting'].includes(state))

function tellMissing(run: Run | undefined): void {
  if (!isSupervised(run)) throw new Error('the launcher has ended: ./lijian status')
  const missing = missingIn(run).map(({ name }) => name)
  if (missing.length > 0) throw new Error(`not running: ${missing.join(', ')}; the others are: ./lijian status`)
}

/** The launcher runs in a process of its own and writes to a log; this one shows the log. */
async function startSupervisor(words: StackWords, detach = false): Promise<void> {
  const { dataDir, logDir } = stackFor(words)
  mkdirSync(logDir, { recursive: true })
  const logFile = join(logDir, 'stack.log')
  const follow = following(logFile)
  const child = spawnSupervisor(words, logFile)
  let refusal: string | undefined
  child.on('message', (said) => void (refusal = String(said)))
  // Ctrl-C reaches this process alone. A closed terminal ends it too, and the launcher goes on.
  const stop = () => void child.kill('SIGTERM')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const ready = await within(3_600_000, 200, () => {
    follow()
    return hasEnded() || isReady(readRun(dataDir), child.pid)
  })
  follow()
  if (refusal !== undefined) throw new Error(refusal)
  if (!ready || (hasEnded() && child.exitCode !== 0)) throw new Error(`the stack did not start; more in ${logFile}`)
  if (hasEnded()) return
  if (!detach) await watch(child, follow, hasEnded)
  else {
    child.disconnect()
    child.unref()
    tellMissing(readRun(dataDir))
  }
}

async function watch(child: ChildProcess, follow: () => void, hasEnded: () => boolean): Promise<void> {
  print.line('./lijian down (or Ctrl-C here) stops everything that was started; the data stays.')
  print.line('When this terminal closes the stack keeps running.')
  while (!hasEnded()) {
    follow()
    await sleep(200)
  }
  follow()
  if (child.exitCode !== 0) throw new Error(`the launcher has ended with ${child.signalCode ?? child.exitCode}`)
}

function spawnSupervisor(words: StackWords, logFile: string): ChildProcess {
  const log = openSync(logFile, 'a')
  const { profile, portOffset, devKeys } = words
  const options = [
    ...(profile ? ['--profile', profile] : []),
    ...(portOffset ? ['--port-offset', String(portOffset)] : []),
    ...(devKeys ? ['--dev-keys'] : []),
  ]
  const child = spawn(process.execPath, [join(__dirname, '..', 'cli.js'), 'supervise', ...options], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  return child
}

const isReady = (run: Run | undefined, pid: number | undefined): boolean =>
  run?.supervisor.pid === pid && run?.state === 'ready'
