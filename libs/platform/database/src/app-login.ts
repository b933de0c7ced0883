import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { LIMITS } from './limits'
import { steadyClient } from './pool'

/**
 * Makes the login of `appUrl` what api and worker run as: a member of `lijian_app` with the URL's password, and nothing more. `ownerUrl` is who
 * migrates; it must be allowed to create roles. Again it only sets the password. Throws Error with what to do.
 */
export async function grantAppLogin(ownerUrl: string, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl)
  const [name, secret] = [decodeURIComponent(username), decodeURIComponent(password)]
  if (name === '' || secret === '')
    throw new Error('LIJIAN_APP_DATABASE_URL: name a user and a password: postgresql://user:password@host:5432/lijian')
  const db = steadyClient(ownerUrl, { name: 'lijian-login' }, LIMITS.work)
  await db.connect()
  try {
    const { rows } = await db.query<{ owner: boolean; super: boolean | null }>(
      `SELECT $1 = current_user OR pg_has_role($1::text, current_user, 'member') AS owner, rolsuper AS super FROM pg_roles WHERE rolname = $1`,
      [name],
    )
    if (rows[0]?.owner || rows[0]?.super)
      throw new Error(`LIJIAN_APP_DATABASE_URL: ${name} may do everything: give api and worker a login of their own`)
    const role = db.escapeIdentifier(name)
    // One simple query is one database transaction: no login without its rights, and none of it in a plan cache.
    await db.query(`${rows.length === 0 ? `CREATE ROLE ${role};` : ''}
      ALTER ROLE ${role} LOGIN PASSWORD ${db.escapeLiteral(scramVerifier(secret))};
      GRANT lijian_app TO ${role}`)
  } finally {
    await db.end()
  }
}

/** PostgreSQL's own count. */
const ITERATIONS = 4096

/**
 * What PostgreSQL keeps of a password (RFC 5803). Sent in place of the password, which then stands in no log of statements, also of one that
 * fails.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16)): string {
  // SASLprep of ordinary text; libpq does the same with what is typed.
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, ITERATIONS, 32, 'sha256')
  const keyed = (word: string) => createHmac('sha256', salted).update(word).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}
