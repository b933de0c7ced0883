import type { Server } from '../core/server'
import { nodeTask } from './node-app'

/** API keys for development: a maker's, a checker's and a transaction system's, in `.lijian/keys.json`. */
export const keys: Server = {
  name: 'keys',
  needs: ['migrations'],
  ports: () => [],
  resolve: async (stack) => nodeTask(stack, 'apps/cli/dist/keys/cli.js'),
}
