import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** Runs a TypeScript program of the house in a process of its own: one that a test can kill. */
export function forkSource(program: string, environment: Record<string, string> = {}): ChildProcess {
  return fork(program, {
    execArgv: ['--conditions=@lijian/source', '-r', join(__dirname, '..', 'register-source.cjs')],
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}
