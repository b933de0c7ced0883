import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answers } from '../core/ports'
import { readRun, type ServerRecord } from '../core/run-file'
import type { Program, Server } from '../core/server'
import { makeStack, type Stack } from '../core/stack'

/** A directory and what a supervisor there says; for tests of one file. */
export const dataDir = mkdtempSync(join(tmpdir(), 'lijian-supervisor-'))
export const removeDataDir = () => rmSync(dataDir, { recursive: true, force: true })

export const listen = (port: number) =>
  `require('node:net').createServer().listen(${port}, '127.0.0.1'); console.log('at work')`

/** A real process that listens on a port, or runs whatever script is given. */
export function listener(name: string, port: number, needs: string[] = [], script = listen(port)): Server {
  const program: Program = {
    kind: 'program',
    origin: 'test',
    address: `127.0.0.1:${port}`,
    teach: { [`${name.toUpperCase()}_PORT`]: String(port) },
    stopSignal: 'SIGTERM',
    readyWithinMs: 10_000,
    command: () => ({ file: process.execPath, args: ['-e', script] }),
    ready: () => answers(port),
  }
  return {
    name,
    needs,
    ports: () => [{ port, variable: `LIJIAN_${name.toUpperCase()}_PORT` }],
    resolve: async () => program,
  }
}

export const recordFor = (name: string, pid: number, mark: string): ServerRecord => ({
  name,
  state: 'ready',
  origin: 'test',
  address: '',
  since: '',
  process: { pid, mark },
})

export const said: string[] = []
export const say = (server: string, line: string) => void said.push(`${server}: ${line}`)
export const stack = (): Stack => makeStack({ env: { PATH: process.env['PATH'], LIJIAN_DATA_DIR: dataDir } })
export const pidOf = (name: string) =>
  readRun(dataDir)?.servers.find((server) => server.name === name)?.process?.pid ?? 0

export const record = (name: string) => readRun(dataDir)?.servers.find((server) => server.name === name)
