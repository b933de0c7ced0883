import { ApiKeys } from '@lijian/identity'
import { dataSource } from '@lijian/database'

export const HELP = `node apps/cli/dist/keys/cli.js first-admin [--client CODE] [--name NAME]
Makes the first key that may make keys (scopes admin and read), for an installation that has none, and prints it once. Nothing stores it.
Refused while a key with the scope admin is in force: that one makes further keys with POST /v1/api-keys.

  --client CODE  the client that it belongs to, made if it is missing (operations)
  --name NAME    what the key is called (first administrator)

Reads DATABASE_URL; the login of api and worker is enough. The key goes to standard output, everything else to standard error.
Exit code 0: made; 1: refused, or PostgreSQL is away; 2: not understood.`

/** A sentence for a person; exit code 2. */
export class Misunderstood extends Error {}

export interface FirstAdmin {
  client: string
  name: string
}

export function parseFirstAdmin(words: readonly string[]): FirstAdmin {
  const asked: FirstAdmin = { client: 'operations', name: 'first administrator' }
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? ''
    const [option = '', given] = word.split(/=(.*)/s, 2)
    if (option !== '--client' && option !== '--name')
      throw new Misunderstood(`keys first-admin: unknown word ${JSON.stringify(word)}; --help names the options`)
    const value = (given ?? words[++i] ?? '').trim()
    if (value === '') throw new Misunderstood(`keys first-admin: ${option} needs a value`)
    if (option === '--client' && !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value))
      throw new Misunderstood(
        `keys first-admin: --client: found ${JSON.stringify(value)}; expected a code such as operations`,
      )
    asked[option === '--client' ? 'client' : 'name'] = value
  }
  return asked
}

/** The key; throws when there is an administrator's key already. */
export async function makeFirstAdmin(databaseUrl: string, { client, name }: FirstAdmin): Promise<string> {
  const source = await dataSource(databaseUrl, { poolSize: 1 }).initialize()
  try {
    return (await new ApiKeys(source).makeFirstAdmin({ client, name, scopes: ['admin', 'read'] })).key
  } finally {
    await source.destroy()
  }
}
