import type { Server } from '../core/server'
import { nodeApp } from './node-app'

export const reportGenerator: Server = {
  name: 'report-generator',
  needs: ['migrations'],
  ports: ({ config }) => [{ port: config.reportPort, variable: 'LIJIAN_REPORT_PORT' }],
  resolve: async (stack) => {
    const address = `127.0.0.1:${stack.config.reportPort}`
    const entry = 'apps/report-generator/dist/main.js'
    return nodeApp(stack, { entry, address, probe: `http://${address}/health/ready` })
  },
}
