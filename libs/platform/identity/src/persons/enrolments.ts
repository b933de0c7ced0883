import { createHash, randomBytes } from 'node:crypto'
import { LijianError } from '@lijian/contracts/system'
import type { Pool } from 'pg'

/** A code is shown once, on the server: whoever can start programs there with a database login is trusted with the first persons. */
const LIFE_SECONDS = 3600

/** A new colleague may begin tomorrow. */
const DAY_SECONDS = 86_400

const newCode = () => `en_${randomBytes(18).toString('base64url')}`
export const hashOfEnrolment = (code: string): string => createHash('sha256').update(code.trim()).digest('hex')

/** A one-time code for a person with these roles, good for an hour. Throws LijianError invalid_request. */
export async function makeEnrolment(
  db: Pick<Pool, 'query'>,
  roles: readonly string[],
): Promise<{ code: string; expiresAt: string }> {
  await mustBeHoldable(db, roles)
  const code = newCode()
  const { rows } = await db.query<{ expires_at: Date }>(
    `INSERT INTO enrolment (hash, roles, expires_at) VALUES ($1, $2, now() + interval '1 second' * $3) RETURNING expires_at`,
    [hashOfEnrolment(code), roles, LIFE_SECONDS],
  )
  return { code, expiresAt: rows[0]!.expires_at.toISOString() }
}

/** In place of codes before: for a person who is there and has no password. `maker`: the person to whom it is shown. */
export async function makeEnrolmentOf(
  db: Pick<Pool, 'query'>,
  person: string,
  maker: string,
): Promise<{ enrolment: string; expiresAt: string }> {
  await db.query('UPDATE enrolment SET used_at = now() WHERE for_person = $1 AND used_at IS NULL', [person])
  const enrolment = newCode()
  const { rows } = await db.query<{ expires_at: Date }>(
    `INSERT INTO enrolment (hash, roles, for_person, made_by, expires_at)
     VALUES ($1, '{}', $2, $3, now() + interval '1 second' * $4) RETURNING expires_at`,
    [hashOfEnrolment(enrolment), person, maker, DAY_SECONDS],
  )
  return { enrolment, expiresAt: rows[0]!.expires_at.toISOString() }
}

/** Roles that exist, and of which one person may hold all. Throws LijianError invalid_request. */
export async function mustBeHoldable(db: Pick<Pool, 'query'>, roles: readonly string[]): Promise<void> {
  const known = await db.query<{ code: string }>('SELECT code FROM role ORDER BY code')
  const codes = known.rows.map(({ code }) => code)
  const unknown = roles.find((role) => !codes.includes(role))
  if (roles.length === 0 || unknown !== undefined)
    throw refused(
      `${unknown === undefined ? 'found none' : `found ${JSON.stringify(unknown)}`}; expected some of ${codes.join(', ')}`,
    )
  const { rows } = await db.query<{ one: string; other: string; why: string }>(
    'SELECT one, other, why FROM role_conflict WHERE one = ANY ($1) AND other = ANY ($1)',
    [roles],
  )
  if (rows[0] !== undefined) throw refused(`nobody is both ${rows[0].one} and ${rows[0].other}: ${rows[0].why}`)
}

const refused = (message: string) =>
  new LijianError('invalid_request', `roles: ${message}`, { errors: [{ path: 'roles', message }] })
