import { join } from 'node:path'
import { type Child, lastLines, startChild, stopProcess } from './child'
import { identify } from './identity'
import type { Program, Server } from './server'
import type { Stack } from './stack'
import { within } from './wait'

export interface Running {
  name: string
  program: Program
  child: Child
  logFile: string
  stop(): Promise<void>
}

/** Starts one program and returns when it answers; whatever goes wrong on the way leaves nothing running. */
export async function launch(
  server: Server,
  program: Program,
  stack: Stack,
  whenStarted: (running: Running) => void = () => undefined,
): Promise<Running> {
  refuseHeldData(server, program)
  await program.prepare?.()
  const logFile = join(stack.logDir, `${server.name}.log`)
  const child = await startChild(program.command(), stack.env, logFile)
  program.started?.(child.identity.pid)
  const stop = async () => {
    await stopProcess(child.identity, program.stopSignal)
    program.stopped?.()
  }
  const running = { name: server.name, program, child, logFile, stop }
  whenStarted(running)
  try {
    const ready = await within(program.readyWithinMs, 100, async () => child.hasExited() || (await program.ready()))
    if (child.hasExited()) throw new Error(`${server.name} ${await child.exited} before it was ready${tail(logFile)}`)
    if (!ready) throw new Error(`${server.name} was not ready within ${program.readyWithinMs / 1000} s${tail(logFile)}`)
    await program.settle?.()
  } catch (error) {
    await stop()
    throw error
  }
  Object.assign(stack.env, program.teach)
  return running
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
