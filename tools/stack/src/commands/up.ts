import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { StackConfig } from '@lijian/config'
import { isSupervised, readRun, type Run } from '../core/run-file'
import { makeStack, type Stack } from '../core/stack'
import { Supervisor } from '../core/supervisor'
import { within } from '../core/wait'
import { serversOf } from '../servers'
import { localHost } from '../servers/node-app'
import { print } from './print'

export interface UpOptions {
  detach?: boolean
  profile?: StackConfig['profile']
  portOffset?: number
}

export async function up({ detach, ...options }: UpOptions): Promise<void> {
  const stack = stackFor(options)
  if (detach) return upDetached(stack, options)
  const supervisor = new Supervisor(stack, serversOf(stack.config.profile), print.from)
  const asked = stopWhenAsked(supervisor)
  try {
    await supervisor.start()
  } catch (error) {
    if (!asked()) throw error
    return
  }
  printSummary(stack)
  print.line('./lijian down (or Ctrl-C here) stops everything that was started; the data stays.')
  // Nothing else keeps this process waiting for a signal.
  const alive = setInterval(() => undefined, 60_000)
  await supervisor.whenStopped
  clearInterval(alive)
}

const stackFor = ({ profile, portOffset }: UpOptions): Stack =>
  makeStack({ env: profile ? { ...process.env, LIJIAN_PROFILE: profile } : process.env, portOffset })

function stopWhenAsked(supervisor: Supervisor): () => boolean {
  let asked = false
  const stop = () => {
    if (!asked) print.line('stopping …')
    asked = true
    void supervisor.stop()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  return () => asked
}

/** The same `up` in a process of its own; what it says is shown until it is ready. */
async function upDetached(stack: Stack, options: UpOptions): Promise<void> {
  const { dataDir, logDir } = stack
  const earlier = readRun(dataDir)
  if (isSupervised(earlier)) throw new Error(`the stack in ${dataDir} is running already: ./lijian status`)
  mkdirSync(logDir, { recursive: true })
  const logFile = join(logDir, 'stack.log')
  const follow = follower(logFile)
  const log = openSync(logFile, 'a')
  const child = spawn(process.execPath, [join(__dirname, '..', 'cli.js'), 'up', ...wordsOf(options)], {
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const ready = await within(3_600_000, 200, () => {
    follow()
    return child.exitCode !== null || child.signalCode !== null || isReady(readRun(dataDir), child.pid)
  })
  follow()
  if (!ready || child.exitCode !== null || child.signalCode !== null)
    throw new Error(`the stack did not start; more in ${logFile}`)
  child.unref()
}

const isReady = (run: Run | undefined, pid: number | undefined): boolean =>
  run?.supervisor.pid === pid && run?.state === 'ready'

const wordsOf = ({ profile, portOffset }: UpOptions): string[] => [
  ...(profile ? ['--profile', profile] : []),
  ...(portOffset ? ['--port-offset', String(portOffset)] : []),
]

function follower(file: string): () => void {
  let seen = existsSync(file) ? statSync(file).size : 0
  return () => {
    const text = existsSync(file) ? readFileSync(file).subarray(seen) : Buffer.alloc(0)
    seen += text.length
    process.stdout.write(text)
  }
}

function printSummary({ config, env, dataDir, logDir }: Stack): void {
  const base = `http://${localHost(config.apiHost)}:${config.apiPort}`
  const ui = config.temporalAddress ? 'that of your own Temporal' : `http://127.0.0.1:${config.temporalUiPort}`
  print.line('')
  print.table([
    ['API', base],
    ['API documentation', `${base}/docs`],
    ['Temporal UI', ui],
    ['Temporal', env['TEMPORAL_ADDRESS'] ?? ''],
    ['API keys', join(dataDir, 'keys.json')],
    ['logs', `${logDir}  (./lijian logs NAME)`],
  ])
  print.line('')
}
