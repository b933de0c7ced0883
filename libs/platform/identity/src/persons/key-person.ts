import type { ApiKeyMade, Scope } from '@lijian/contracts/people'
import { clientOf } from '@lijian/database'
import type { DataSource } from 'typeorm'
import { ApiKeys } from '../api-keys'
import { insertPerson } from './accounts'

/**
 * For development and tests: a person without a password, with a role of exactly these scopes, and a key of a client that is this person's. It
 * shows no second factor, which a production never has: its persons come by enrolment, their roles by two people, their tokens from a session.
 */
export async function makeKeyPerson(
  source: DataSource,
  { client, login, name, scopes, branch }: KeyPerson,
): Promise<ApiKeyMade> {
  const role = `only-${login}`
  const made = await new ApiKeys(source).make({ client, name, scopes: [...scopes] })
  await source.transaction(async (manager) => {
    const db = await clientOf(manager)
    await db.query(
      `INSERT INTO role (code, name, name_zh, scopes) VALUES ($1, $2, $2, $3) ON CONFLICT (code) DO UPDATE SET scopes = excluded.scopes`,
      [role, name, scopes],
    )
    const { rows } = await db.query<{ id: string }>('SELECT id FROM person WHERE login = $1', [login])
    const person =
      rows[0]?.id ?? (await insertPerson(db, { login, name, roles: [role], ...(branch ? { branch } : {}) }))
    await db.query('UPDATE api_key SET person = $2 WHERE id = $1', [made.id, person])
  })
  return made
}

interface KeyPerson {
  client: string
  login: string
  name: string
  scopes: readonly Scope[]
  branch?: string
}
