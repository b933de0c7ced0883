import type { Scope } from '@lijian/contracts/people'
import { ApiKeys, makeKeyPerson } from '@lijian/identity'
import { dataSource } from '@lijian/database'

export const CLIENT = 'bench'

/** One transaction system, without a rate limit that could be met, and its key. */
export async function makeKey(databaseUrl: string, scopes: Scope[] = ['transactions']): Promise<string> {
  const source = await dataSource(databaseUrl, { poolSize: 1 }).initialize()
  try {
    await source.query(`INSERT INTO client (code, name, rate_per_second) VALUES ($1, 'bench', 10000000)`, [CLIENT])
    const { key } = await new ApiKeys(source).make({ client: CLIENT, name: 'bench', scopes })
    return key
  } finally {
    await source.destroy()
  }
}

/** Somebody who approves what another one has proposed. `makeKey` comes before it. */
export async function makeCheckerKey(databaseUrl: string, scopes: Scope[]): Promise<string> {
  const source = await dataSource(databaseUrl, { poolSize: 1 }).initialize()
  try {
    const { key } = await makeKeyPerson(source, { client: CLIENT, login: 'bench-checker', name: 'checker', scopes })
    return key
  } finally {
    await source.destroy()
  }
}
