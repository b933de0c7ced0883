import type { Server, Task } from '../core/server'
import { nodeTask } from './node-app'

/**
 * API keys for development: a maker's, a checker's and a transaction system's, in `.lijian/keys.json`; persons with one-time passwords in
 * `.lijian/persons.json`, in a database of our own alone. One that is given may be in production: it gets keys by `--dev-keys` alone, for whoever has
 * such a key decides there.
 */
export const keys: Server = {
  name: 'keys',
  needs: ['migrations'],
  ports: () => [],
  resolve: async (stack) => {
    if (!stack.devKeys) return NONE
    return nodeTask(stack, 'apps/cli/dist/keys/cli.js', [
      '--dev-keys',
      ...(stack.config.databaseUrl ? [] : ['--dev-persons']),
    ])
  },
}

const NONE: Task = {
  kind: 'task',
  origin: 'none: the database is yours',
  run: () => Promise.resolve('made no keys: ./lijian keys enrol makes a one-time code for an administrator'),
}
