import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { needs } from './keeper/client'

/** Node's options for a process or thread of the sources. */
export const sourceExecArgv = ['--conditions=@lijian/source', '-r', join(__dirname, '..', 'register-source.cjs')]

/** Runs a TypeScript program of the house in a process of its own: one that a test can kill. */
export function forkSource(
  program: string,
  environment: Record<string, string> = {},
  words: readonly string[] = [],
  nodeOptions: readonly string[] = [],
): ChildProcess {
  needs('a process of its own')
  // The programs of the house refuse LIJIAN_ names that they do not know.
  const withoutTestServers = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('LIJIAN_TEST_')),
  )
  return fork(program, words, {
    execArgv: [...nodeOptions, ...sourceExecArgv],
    env: { ...withoutTestServers, ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
}
