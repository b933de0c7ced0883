import type { Server } from '../core/server'
import { nodeTask } from './node-app'

export const migrations: Server = {
  name: 'migrations',
  needs: ['postgres'],
  ports: () => [],
  resolve: async (stack) => nodeTask(stack, 'apps/cli/dist/migrate/cli.js'),
}
