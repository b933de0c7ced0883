import type { Server } from '../core/server'
import { localHost, nodeApp } from './node-app'

export const reportGenerator: Server = {
  name: 'report-generator',
  needs: ['migrations'],
  ports: ({ config }) => [{ port: config.reportPort, variable: 'LIJIAN_REPORT_PORT' }],
  resolve: async (stack) => {
    const address = `${localHost(stack.config.internalHost)}:${stack.config.reportPort}`
    const entry = 'apps/report-generator/dist/main.js'
    return nodeApp(stack, { entry, address, probe: `http://${address}/health/ready` })
  },
}
