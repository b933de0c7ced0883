import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { inTransaction } from '@lijian/database'
import { insertPerson } from './accounts'
import { hashOfPassword } from './passwords'

/** One for each role that comes with an installation, and a second administrator: one alone approves nothing. */
const DEMO = [
  ['operator', 'operator', '演示运营经办'],
  ['reviewer', 'reviewer', '演示运营复核'],
  ['finance-maker', 'finance-maker', '演示财务经办'],
  ['finance-checker', 'finance-checker', '演示财务复核'],
  ['risk', 'risk', '演示风控'],
  ['auditor', 'auditor', '演示审计'],
  ['administrator', 'administrator', '演示系统管理员'],
  ['administrator-2', 'administrator', '演示系统管理员二'],
] as const

/** For development: persons with one-time passwords, which each replaces at the first sign-in. Empty where they are there. */
export async function makeDemoPersons(pool: Pool): Promise<Record<string, string>> {
  const { rowCount } = await pool.query('SELECT FROM person WHERE login = ANY ($1)', [
    DEMO.map(([login]) => `demo.${login}`),
  ])
  if (rowCount !== 0) return {}
  const passwords: Record<string, string> = {}
  const hashes = await Promise.all(
    DEMO.map(async ([login]) =>
      hashOfPassword((passwords[`demo.${login}`] = randomBytes(12).toString('base64url') + '-1a')),
    ),
  )
  await inTransaction(pool, async (db) => {
    for (const [i, [login, role, name]] of DEMO.entries()) {
      const id = await insertPerson(db, { login: `demo.${login}`, name, roles: [role] })
      await db.query('INSERT INTO person_password (person, hash, must_change) VALUES ($1, $2, true)', [id, hashes[i]])
    }
  })
  return passwords
}
