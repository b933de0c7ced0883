import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { payloadKeysOf } from '@lijian/config'
import { dropLock, lockHolder, takeLock } from '../core/data-lock'
import type { Program, Server, Source } from '../core/server'
import type { Stack } from '../core/stack'
import { findTemporalCli, type TemporalCli } from '../programs/temporal'
import { namespaceAnswers } from './temporal-namespace'

const host = '127.0.0.1'

export const temporalDev: Server = {
  name: 'temporal',
  needs: [],
  ports: ({ config }) =>
    config.temporalAddress
      ? []
      : [
          { port: config.temporalPort, variable: 'LIJIAN_TEMPORAL_PORT' },
          { port: config.temporalUiPort, variable: 'LIJIAN_TEMPORAL_UI_PORT' },
        ],
  async resolve(stack): Promise<Source> {
    return givenTemporal(stack) ?? program(stack, await findTemporalCli(stack))
  },
}

export function givenTemporal({ config }: Stack): Source | undefined {
  const { temporalAddress, temporalNamespace } = config
  if (!temporalAddress) return undefined
  return {
    kind: 'given',
    address: temporalAddress,
    teach: { TEMPORAL_ADDRESS: temporalAddress },
    ready: () => namespaceAnswers(temporalAddress, temporalNamespace),
  }
}

function program(stack: Stack, cli: TemporalCli): Program {
  const { temporalPort, temporalNamespace } = stack.config
  const address = `${host}:${temporalPort}`
  const dataDir = join(stack.dataDir, 'temporal')
  const lock = join(dataDir, 'lock.json')
  return {
    kind: 'program',
    origin: cli.origin,
    address,
    teach: { TEMPORAL_ADDRESS: address },
    stopSignal: 'SIGTERM',
    readyWithinMs: 60_000,
    // Two servers on one file end in "database is locked" somewhere later; this says it at once and by name.
    holder: () => {
      const holder = lockHolder(lock)
      return holder && { pid: holder.pid, data: dataDir }
    },
    // The launcher stands in for the server until that has a number of its own.
    prepare: async () => {
      mkdirSync(dataDir, { recursive: true })
      takeLock(lock, process.pid)
    },
    started: (pid) => takeLock(lock, pid),
    stopped: () => dropLock(lock),
    command: () => ({ file: cli.file, args: startArgs(stack, join(dataDir, 'dev.db')) }),
    ready: () => namespaceAnswers(address, temporalNamespace),
  }
}

function startArgs({ config }: Stack, file: string): string[] {
  const codec = payloadKeysOf(config).length > 0 ? ['--ui-codec-endpoint', `http://${host}:${config.codecPort}`] : []
  return [
    ...['server', 'start-dev', '--ip', host, '--port', String(config.temporalPort)],
    ...['--ui-port', String(config.temporalUiPort), '--namespace', config.temporalNamespace, '--log-level', 'warn'],
    // With a write-ahead log twice as fast as with SQLite's default journal, and nothing acknowledged is lost by a kill.
    ...['--db-filename', file, '--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
    ...codec,
  ]
}
