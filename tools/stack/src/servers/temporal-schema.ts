import type { Server, Source } from '../core/server'
import type { Stack } from '../core/stack'
import { run } from '../programs/run'
import { temporalSqlTool } from '../programs/temporal-cluster'
import { givenTemporal } from './temporal-dev'

/** Temporal's own databases, beside ours on the same PostgreSQL; its SQL tool carries their schemas inside. */
const stores = [
  { database: 'temporal', schema: 'postgresql/v12/temporal' },
  { database: 'temporal_visibility', schema: 'postgresql/v12/visibility' },
] as const

export const temporalSchema: Server = {
  name: 'temporal-schema',
  needs: ['postgres'],
  ports: () => [],
  async resolve(stack): Promise<Source> {
    if (givenTemporal(stack)) return { kind: 'task', origin: 'given', run: async () => 'that of your own Temporal' }
    const tool = await temporalSqlTool(stack)
    return { kind: 'task', origin: tool, run: () => bringUpToDate(stack, tool) }
  },
}

/** Each step finds out for itself that it has been done before. */
async function bringUpToDate(stack: Stack, tool: string): Promise<string> {
  const url = new URL(stack.env['DATABASE_URL'] ?? '')
  for (const { database, schema } of stores) {
    const call = (...args: string[]) =>
      run({ file: tool, args: [...target(url, database), ...args], env: login(url) }, stack.env)
    await call('create-database')
    await call('setup-schema', '--version', '0.0')
    await call('update-schema', '--schema-name', schema)
  }
  return `databases ${stores.map(({ database }) => database).join(' and ')} are up to date`
}

const target = (url: URL, database: string): string[] => [
  ...['--plugin', 'postgres12', '--endpoint', url.hostname, '--port', url.port || '5432'],
  ...['--user', decodeURIComponent(url.username), '--database', database],
]

/** By environment: other users of the machine can read a command line. */
const login = (url: URL) => ({ SQL_PASSWORD: decodeURIComponent(url.password) })
