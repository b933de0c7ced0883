import type { Server } from '../core/server'
import { localHost, nodeApp } from './node-app'

export const api: Server = {
  name: 'api',
  needs: ['migrations', 'keys'],
  ports: ({ config }) => [
    { port: config.apiPort, variable: 'LIJIAN_API_PORT' },
    { port: config.internalPort, variable: 'LIJIAN_INTERNAL_PORT' },
  ],
  resolve: async (stack) => {
    const { apiHost, apiPort, internalHost, internalPort } = stack.config
    const probe = `http://${localHost(internalHost)}:${internalPort}/health/ready`
    return nodeApp(stack, { entry: 'apps/api/dist/main.js', address: `${localHost(apiHost)}:${apiPort}`, probe })
  },
}
