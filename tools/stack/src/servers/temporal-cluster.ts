import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program, Server, Source } from '../core/server'
import type { Stack } from '../core/stack'
import { temporalServer } from '../programs/temporal-cluster'
import { clusterConfig, internalPorts } from './temporal-cluster-config'
import { givenTemporal } from './temporal-dev'
import { frontendAnswers, registerNamespace } from './temporal-namespace'

const host = '127.0.0.1'
const retentionDays = 7

/** The real server, all four services in one process, on PostgreSQL: what production runs, on one machine. */
export const temporalCluster: Server = {
  name: 'temporal',
  needs: ['temporal-schema'],
  ports: ({ config }) =>
    config.temporalAddress
      ? []
      : [config.temporalPort, ...internalPorts(config.temporalPort)].map((port) => ({
          port,
          variable: 'LIJIAN_TEMPORAL_PORT',
        })),
  async resolve(stack): Promise<Source> {
    return givenTemporal(stack) ?? program(stack, await temporalServer(stack))
  },
}

function program(stack: Stack, file: string): Program {
  const { temporalPort, temporalNamespace } = stack.config
  const address = `${host}:${temporalPort}`
  const folder = join(stack.dataDir, 'temporal-cluster')
  const configFile = join(folder, 'server.json')
  return {
    kind: 'program',
    origin: file,
    address,
    teach: { TEMPORAL_ADDRESS: address },
    stopSignal: 'SIGTERM',
    readyWithinMs: 120_000,
    prepare: async () => {
      mkdirSync(folder, { recursive: true })
      const config = clusterConfig({ databaseUrl: stack.env['DATABASE_URL'] ?? '', frontendPort: temporalPort })
      // It holds the database's password. JSON is YAML too, which is what the server reads.
      writeFileSync(configFile, JSON.stringify(config, null, 2), { mode: 0o600 })
    },
    command: () => ({ file, args: ['--config-file', configFile, '--allow-no-auth', 'start'], cwd: folder }),
    ready: () => frontendAnswers(address),
    settle: () => registerNamespace(address, temporalNamespace, retentionDays),
  }
}
