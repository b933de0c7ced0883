import { LijianError } from '@lijian/contracts/system'
import { login as loginText } from '@lijian/contracts/people'
import { LOCKS } from '@lijian/database'
import type { PoolClient } from 'pg'
import { insertPerson } from '../persons/accounts'
import { mustBeHoldable } from '../persons/enrolments'
import type { Claims, OidcOptions } from './options'

const NAME_MAX = 200

/** The person behind these claims, made or brought up to date. Throws LijianError forbidden, state_conflict: nobody that may work here. */
export async function providedPerson(db: PoolClient, claims: Claims, options: OidcOptions): Promise<string> {
  const subject = textOf(claims['sub'])
  const { issuer } = options
  if (subject === undefined) throw new LijianError('forbidden', 'The identity provider names nobody')
  // Of two first sign-ins at once the second waits here and finds the person of the first.
  await db.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.providedPerson, `${issuer} ${subject}`])
  const { rows } = await db.query<{ id: string; status: string }>(
    'SELECT p.id, p.status FROM person_identity i JOIN person p ON p.id = i.person WHERE i.issuer = $1 AND i.subject = $2',
    [issuer, subject],
  )
  const known = rows[0]
  if (known?.status === 'disabled') throw new LijianError('forbidden', 'This person is disabled here')
  const roles = rolesOf(claims, options)
  if (roles.length === 0) throw new LijianError('forbidden', 'None of your groups gives a role here')
  await mustBeHoldable(db, roles).catch((error: unknown) => {
    throw error instanceof LijianError
      ? new LijianError('forbidden', `Your groups give roles that nobody may hold together: ${error.detail}`)
      : error
  })
  const login = loginText.safeParse(textOf(claims[options.loginClaim])?.toLowerCase())
  if (!login.success) throw new LijianError('forbidden', `The claim ${options.loginClaim} is no login`)
  const name = (textOf(claims['name']) ?? login.data).slice(0, NAME_MAX)
  const branch = await branchOf(db, claims, options)
  if (known === undefined) {
    const id = await insertPerson(db, { login: login.data, name, roles, ...(branch === undefined ? {} : { branch }) })
    await db.query('INSERT INTO person_identity (issuer, subject, person) VALUES ($1, $2, $3)', [issuer, subject, id])
    return id
  }
  await db.query('UPDATE person SET name = $2, roles = $3, branch = coalesce($4, branch) WHERE id = $1', [
    known.id,
    name,
    roles,
    branch,
  ])
  return known.id
}

function rolesOf(claims: Claims, { groupsClaim, roles }: OidcOptions): string[] {
  const found = claims[groupsClaim]
  const groups = new Set(Array.isArray(found) ? found : [found])
  return [...new Set(roles.filter(({ group }) => groups.has(group)).map(({ role }) => role))]
}

async function branchOf(db: PoolClient, claims: Claims, { branchClaim }: OidcOptions): Promise<string | undefined> {
  if (branchClaim === undefined) return undefined
  const { rows } = await db.query<{ code: string }>('SELECT code FROM branch WHERE code = $1', [
    textOf(claims[branchClaim]),
  ])
  if (rows[0] === undefined) throw new LijianError('forbidden', `The claim ${branchClaim} is no branch of ours`)
  return rows[0].code
}

/** PostgreSQL keeps no NUL, and a control character in a name is nobody's. */
function textOf(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' && claim.length <= 255 && !/\p{C}/u.test(claim) ? claim : undefined
}
