import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, lastLines, startChild, stopProcess } from './child'
import { identify } from './identity'
import type { Program, Server } from './server'
import type { Stack } from './stack'

export interface Running {
  name: string
  program: Program
  child: Child
  logFile: string
  stop(): Promise<void>
}

export interface LaunchOptions {
  whenStarted?: (running: Running) => void
  /** What is done once it answers was done before, when it is started again. */
  settle?: boolean
}

/** Starts one program and returns when it answers; whatever goes wrong on the way leaves nothing running. */
export async function launch(
  server: Server,
  program: Program,
  stack: Stack,
  { whenStarted, settle = true }: LaunchOptions = {},
): Promise<Running> {
  refuseHeldData(server, program)
  await program.prepare?.()
  const logFile = logFileOf(server, stack)
  const child = await startChild(program.command(), stack.env, logFile)
  program.started?.(child.identity.pid)
  const running = runningOf(server, program, child, logFile)
  whenStarted?.(running)
  try {
    const patience = new Patience(program.readyWithinMs, logFile)
    await untilReady(running, patience)
    if (settle) await untilSettled(running, patience)
  } catch (error) {
    await running.stop()
    throw error
  }
  Object.assign(stack.env, program.teach)
  return running
}

export const logFileOf = (server: Server, stack: Stack): string => join(stack.logDir, `${server.name}.log`)

export function runningOf(server: Server, program: Program, child: Child, logFile: string): Running {
  const stop = async () => {
    await stopProcess(child.identity, program.stopSignal)
    program.stopped?.()
  }
  return { name: server.name, program, child, logFile, stop }
}

/** Throws when it ended, or when it is silent for too long. */
export async function untilReady({ name, program, child, logFile }: Running, patience: Patience): Promise<void> {
  const ended = child.exited.then(() => false)
  while (!child.hasExited() && !(await Promise.race([program.ready(), ended]))) {
    if (child.hasExited()) break
    if (patience.isOver()) throw new Error(`${name} was not ready within ${patience.seconds()} s${tail(logFile)}`)
    await sleep(100)
  }
  if (child.hasExited()) throw new Error(`${name} ${await child.exited} before it was ready${tail(logFile)}`)
}

/** One connection may be slow or break on a busy machine: that is no reason to stop a server that is ready. */
export async function untilSettled({ program, child }: Running, patience: Patience): Promise<void> {
  for (;;) {
    try {
      return await program.settle?.()
    } catch (error) {
      if (child.hasExited() || isRefusal(error) || patience.isOver()) throw error
      await sleep(250)
    }
  }
}

/** The server's own considered no, such as a missing right, and not "starting up", "too many connections" or "shutting down". */
const isRefusal = (error: unknown): boolean => {
  const { severity, code = '' } = error as { severity?: string; code?: string }
  return severity !== undefined && !/^(08|53|55|57)/.test(code)
}

/** Begins anew whenever the server writes to its log, such as how far its recovery is; not for ever, for some complain without end. */
export class Patience {
  private readonly begun = Date.now()
  private last = this.begun
  private size: number

  constructor(
    private readonly silentMs: number,
    private readonly logFile: string,
  ) {
    this.size = sizeOf(logFile)
  }

  isOver(): boolean {
    const size = sizeOf(this.logFile)
    if (size !== this.size) this.last = Date.now()
    this.size = size
    return Date.now() - this.last > this.silentMs || Date.now() - this.begun > 5 * this.silentMs
  }

  seconds(): number {
    return Math.round((Date.now() - this.begun) / 1000)
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

export function refuseHeldData(server: Server, program: Program): void {
  const holder = program.holder?.()
  if (!holder || !identify(holder.pid)) return
  throw new Error(
    `${server.name}: the data in ${holder.data} is in use by process ${holder.pid}; ` +
      'stop that one first (./lijian down), or give LIJIAN_DATA_DIR another directory',
  )
}

export const tail = (logFile: string): string =>
  [`; the last lines of ${logFile}:`, ...lastLines(logFile, 12).map((line) => line.slice(0, 400))].join('\n    ')
