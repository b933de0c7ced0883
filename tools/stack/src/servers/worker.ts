import { payloadKeysOf } from '@lijian/config'
import type { Server } from '../core/server'
import { localHost, nodeApp } from './node-app'

export const worker: Server = {
  name: 'worker',
  needs: ['migrations', 'temporal'],
  ports: ({ config }) => [
    { port: config.metricsPort, variable: 'LIJIAN_METRICS_PORT' },
    // Payload encryption brings the codec server with it.
    ...(payloadKeysOf(config).length > 0 ? [{ port: config.codecPort, variable: 'LIJIAN_CODEC_PORT' }] : []),
  ],
  resolve: async (stack) => {
    const address = `${localHost(stack.config.internalHost)}:${stack.config.metricsPort}`
    return nodeApp(stack, { entry: 'apps/worker/dist/main.js', address, probe: `http://${address}/health/ready` })
  },
}
