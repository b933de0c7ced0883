import {
  openedBy,
  type PersonAnswer,
  type PersonLine,
  type PersonPage,
  type PersonQuery,
  type Scope,
} from '@lijian/contracts/people'
import { pageOf } from '@lijian/database'
import { unknownPerson, type Db } from './reading'

const COLUMNS = 'id, login, name, branch, roles, status, language'

/** By id. */
export async function listPersons(
  db: Db,
  { q, branch, role, status, after = '', limit }: PersonQuery,
): Promise<PersonPage> {
  const found = await db.query<PersonLine>(
    `WITH RECURSIVE below AS (
       SELECT code FROM branch WHERE code = $2 UNION SELECT b.code FROM branch b JOIN below ON b.parent = below.code)
     SELECT ${COLUMNS} FROM person
     WHERE ($1::text IS NULL OR starts_with(login, lower($1)) OR position(lower($1) IN lower(name)) > 0)
       AND ($2::text IS NULL OR branch IN (SELECT code FROM below)) AND ($3::text IS NULL OR $3 = ANY (roles))
       AND ($4::text IS NULL OR status = $4) AND id > $5 ORDER BY id LIMIT $6`,
    [q ?? null, branch ?? null, role ?? null, status ?? null, after, limit + 1],
  )
  const { rows, next } = pageOf(found.rows, limit, ({ id }) => id)
  return { persons: rows, next }
}

interface Given {
  scope: Scope
  role: string | null
  delegation: string | null
  absent: string | null
  until: Date | null
}

/** With each right and why: the roles that give it, and whom this person stands in for. Throws LijianError not_found. */
export async function readPerson(db: Db, id: string): Promise<PersonAnswer> {
  const { rows } = await db.query<PersonLine & Pick<PersonAnswer, 'hasPassword' | 'hasAuthenticator'>>(
    `SELECT ${COLUMNS}, EXISTS (SELECT FROM person_password WHERE person = id) AS "hasPassword",
       EXISTS (SELECT FROM person_totp WHERE person = id AND confirmed_at IS NOT NULL) AS "hasAuthenticator"
     FROM person WHERE id = $1`,
    [id],
  )
  const person = rows[0]
  if (person === undefined) throw unknownPerson(id)
  const given = await db.query<Given>(
    `SELECT s AS scope, r.code AS role, NULL::bigint AS delegation, NULL::text AS absent, NULL::timestamptz AS until
     FROM person p JOIN role r ON r.code = ANY (p.roles), unnest(r.scopes) s WHERE p.id = $1 AND p.status = 'active'
     UNION ALL
     SELECT DISTINCT s, NULL, d.id, d.absent, d.until_at
     FROM delegation d JOIN person p ON p.id = d.absent AND p.status = 'active' JOIN person me ON me.id = d.stands_in AND me.status = 'active'
       JOIN role r ON r.code = ANY (p.roles), unnest(r.scopes) s
     WHERE d.stands_in = $1 AND d.ended_at IS NULL AND now() BETWEEN d.from_at AND d.until_at
     ORDER BY scope, role, delegation`,
    [id],
  )
  const rights = new Map<Scope, PersonAnswer['rights'][number]>()
  for (const { scope, role, delegation, absent, until } of given.rows) {
    for (const opened of openedBy([scope])) {
      const right = rights.get(opened) ?? { scope: opened, roles: [], delegations: [] }
      if (role === null)
        right.delegations.push({ id: Number(delegation), absent: absent!, until: until!.toISOString() })
      else if (!right.roles.includes(role)) right.roles.push(role)
      rights.set(opened, right)
    }
  }
  return { ...person, rights: [...rights.values()] }
}
