import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { payloadKeysOf } from '@lijian/config'
import type { Program, Server, Source } from '../core/server'
import type { Stack } from '../core/stack'
import { temporalUiServer } from '../programs/temporal-cluster'
import { answersOk } from './node-app'
import { givenTemporal } from './temporal-dev'

const host = '127.0.0.1'

/** The UI of the cluster profile; the development server brings its own. */
export const temporalUi: Server = {
  name: 'temporal-ui',
  needs: ['temporal'],
  ports: ({ config }) =>
    config.temporalAddress ? [] : [{ port: config.temporalUiPort, variable: 'LIJIAN_TEMPORAL_UI_PORT' }],
  async resolve(stack): Promise<Source> {
    return givenTemporal(stack) ?? program(stack, await temporalUiServer(stack))
  },
}

function program(stack: Stack, file: string): Program {
  const { temporalUiPort } = stack.config
  const folder = join(stack.dataDir, 'temporal-cluster')
  const url = `http://${host}:${temporalUiPort}/`
  return {
    kind: 'program',
    origin: file,
    address: `${host}:${temporalUiPort}`,
    probe: url,
    teach: {},
    stopSignal: 'SIGTERM',
    readyWithinMs: 30_000,
    prepare: async () => {
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, 'ui.yaml'), JSON.stringify(uiConfig(stack), null, 2))
    },
    command: () => ({ file, args: ['--root', folder, '--config', '.', '--env', 'ui', 'start'], cwd: folder }),
    ready: () => answersOk(url),
  }
}

function uiConfig({ config, env }: Stack): object {
  const { temporalUiPort, temporalNamespace, codecPort } = config
  return {
    temporalGrpcAddress: env['TEMPORAL_ADDRESS'],
    host,
    port: temporalUiPort,
    enableUi: true,
    defaultNamespace: temporalNamespace,
    disableNewsFetch: true,
    cors: { allowOrigins: [`http://${host}:${temporalUiPort}`, `http://localhost:${temporalUiPort}`] },
    ...(payloadKeysOf(config).length > 0 ? { codec: { endpoint: `http://${host}:${codecPort}` } } : {}),
  }
}
