import type { Server } from '../core/server'
import { localHost, nodeApp } from './node-app'

export const api: Server = {
  name: 'api',
  needs: ['migrations', 'keys'],
  ports: ({ config }) => [{ port: config.apiPort, variable: 'LIJIAN_API_PORT' }],
  resolve: async (stack) => {
    const address = `${localHost(stack.config.apiHost)}:${stack.config.apiPort}`
    return nodeApp(stack, { entry: 'apps/api/dist/main.js', address, probe: `http://${address}/health/ready` })
  },
}
