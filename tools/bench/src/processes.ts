import { freePort, nodeFlagsOf } from '@lijian/stack'
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Served {
  port: number
  /** Where an api shows readiness and metrics. */
  internalPort?: number
  pid: number
  stop(): Promise<void>
}

const READY_WITHIN_MS = 60_000

function stopper(child: ChildProcess): () => Promise<void> {
  const abandon = () => void child.kill('SIGKILL')
  process.once('exit', abandon)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return async () => {
    process.removeListener('exit', abandon)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      // What does not end in time is not waited for: its database goes next.
      const timer = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(timer)
    }
  }
}

/** A peer of this package; it says its port once it listens. `like`: the app as which it is started. */
export async function startPeer(
  file: string,
  env: Readonly<Record<string, string>>,
  like?: 'report-generator',
): Promise<Served> {
  const execArgv = like === undefined ? {} : { execArgv: [...nodeFlagsOf(`apps/${like}/`)] }
  const child = fork(file, { env: { ...process.env, ...env }, ...execArgv })
  const stop = stopper(child)
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve((message as { port: number }).port))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${file} ended with code ${code}`)))
  })
  return { port, pid: child.pid!, stop }
}

export interface AppOptions {
  /** Folder under apps/. */
  name: 'api' | 'worker'
  env: Readonly<Record<string, string>>
  /** Where the worker's /health/ready answers; an api gets a port for it here. */
  healthPort?: number
  port: number
  logDir: string
  cpuProfileDir?: string
}

/** An app as production runs it: its own process, its own environment. */
export async function startApp({
  name,
  env,
  healthPort,
  port,
  logDir,
  cpuProfileDir,
}: AppOptions): Promise<Served & { pid: number }> {
  const internalPort = healthPort ?? (await freePort())
  const logFile = join(logDir, `${name}.log`)
  const log = openSync(logFile, 'a')
  const entry = require.resolve(`@lijian/${name}/package.json`).replace(/package\.json$/, 'dist/main.js')
  const { PATH, HOME } = process.env
  const profiling = cpuProfileDir ? ['--cpu-prof', `--cpu-prof-dir=${resolve(cpuProfileDir)}`] : []
  const child = spawn(process.execPath, [...nodeFlagsOf(`apps/${name}/`), ...profiling, entry], {
    env: {
      PATH,
      HOME,
      NODE_ENV: 'production',
      LIJIAN_LOG_LEVEL: 'warn',
      LIJIAN_INTERNAL_PORT: String(internalPort),
      ...env,
    },
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  const stop = stopper(child)
  const began = performance.now()
  while (!(await answersOk(`http://127.0.0.1:${internalPort}/health/ready`))) {
    const tail = () => readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')
    if (child.exitCode !== null) throw new Error(`${name} ended with code ${child.exitCode}:\n${tail()}`)
    if (performance.now() - began > READY_WITHIN_MS) {
      await stop()
      throw new Error(`${name} is not ready after ${READY_WITHIN_MS / 1_000} s:\n${tail()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { port, internalPort, pid: child.pid!, stop }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok
  } catch {
    return false
  }
}
