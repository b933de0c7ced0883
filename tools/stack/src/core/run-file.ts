import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Identity, isAlive } from './identity'

/** `restarting`: it died and is started again; `gave up`: it died too often for that. */
export type ServerState = 'waiting' | 'starting' | 'ready' | 'done' | 'given' | 'restarting' | 'gave up'

export interface ServerRecord {
  name: string
  state: ServerState
  origin: string
  address: string
  since: string
  /** A page that answers 200 when the server is ready; without one its address must accept a connection. */
  probe?: string
  process?: Identity
  stopSignal?: NodeJS.Signals
  /** How often it was started again, and how it ended the last time. */
  restarts?: number
  lastEnd?: { how: string; at: string }
}

/** `.lijian/run.json`: what runs now, written by the supervisor, read by every other command. */
export interface Run {
  supervisor: Identity
  state: 'starting' | 'ready' | 'repairing' | 'stopping'
  profile: string
  portOffset?: number
  devKeys?: boolean
  startedAt: string
  /** How often somebody had it start what was missing; a launcher of an earlier release does not count. */
  repairs?: number
  /** What the programs of the project were started with; it holds secrets, so the file is the owner's alone. */
  env: Record<string, string>
  servers: ServerRecord[]
}

const fileOf = (dataDir: string) => join(dataDir, 'run.json')

export function readRun(dataDir: string): Run | undefined {
  const file = fileOf(dataDir)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Run) : undefined
}

export function writeRun(dataDir: string, run: Run): void {
  const temporary = `${fileOf(dataDir)}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 })
  renameSync(temporary, fileOf(dataDir))
}

export function removeRun(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true })
}

export const isSupervised = (run: Run | undefined): run is Run => run !== undefined && isAlive(run.supervisor)

/** Servers of a supervisor that was killed: they are ours, and still there. */
export const leftOver = (run: Run | undefined): ServerRecord[] =>
  (run?.servers ?? []).filter((server) => server.process && isAlive(server.process)).reverse()

/** What should run and does not. */
export const missingIn = (run: Run): ServerRecord[] =>
  run.servers.filter(({ state, process: identity }) =>
    state === 'ready' ? !identity || !isAlive(identity) : !['done', 'given'].includes(state),
  )
