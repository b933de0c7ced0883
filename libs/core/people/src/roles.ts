import { whoIs, type ProposalKind } from '@lijian/approvals'
import { roleRequest, type RoleAnswer, type RolePage } from '@lijian/contracts/people'
import { LijianError, type PageQuery } from '@lijian/contracts/system'
import { pageOf } from '@lijian/database'
import type { PoolClient } from 'pg'
import { parsed, refused, setOf, type Db } from './reading'

const byRole = (a: { role: string }, b: { role: string }) => (a.role < b.role ? -1 : 1)

/** A named set of rights, and the roles that nobody holds beside it. */
export const roleKind: ProposalKind<RoleAnswer> = {
  replaces: true,
  read: async (db, code, request) => {
    const { name, nameZh, scopes, conflicts } = parsed(roleRequest, request)
    if (scopes.includes('transactions'))
      throw refused('scopes', 'expected rights of people: "transactions" is of systems')
    const stands = conflicts ?? (await readRole(db, code))?.conflicts ?? []
    return { code, name, nameZh, scopes: setOf(scopes), conflicts: [...stands].sort(byRole) }
  },
  before: async (db, code) => {
    await db.query('SELECT FROM role WHERE code = $1 FOR UPDATE', [code])
    return (await readRole(db, code)) ?? null
  },
  check: (db, { body, maker }) => mustBeGood(db, body, maker),
  apply: async (db, { body, maker }, checker) => {
    await mustBeGood(db, body, maker)
    await mustNotBeOwn(db, body, checker)
    await db.query(
      `INSERT INTO role (code, name, name_zh, scopes) VALUES ($1, $2, $3, $4)
       ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_zh = excluded.name_zh, scopes = excluded.scopes`,
      [body.code, body.name, body.nameZh, body.scopes],
    )
    await db.query('DELETE FROM role_conflict WHERE one = $1 OR other = $1', [body.code])
    for (const { role, why } of body.conflicts)
      await db.query(
        `INSERT INTO role_conflict (one, other, why) VALUES (least($1::text COLLATE "C", $2::text COLLATE "C"), greatest($1::text COLLATE "C", $2::text COLLATE "C"), $3)`,
        [body.code, role, why],
      )
  },
}

async function mustBeGood(db: PoolClient, role: RoleAnswer, maker: string): Promise<void> {
  const others = role.conflicts.map((one) => one.role)
  if (others.includes(role.code)) throw refused('conflicts', 'expected other roles than this one')
  if (new Set(others).size < others.length) throw refused('conflicts', 'expected each once')
  // Both sides of a pair stand still: nobody is given the other role meanwhile.
  const { rows } = await db.query<{ code: string }>(
    'SELECT code FROM role WHERE code = ANY ($1) ORDER BY code FOR UPDATE',
    [others],
  )
  const missing = others.find((one) => !rows.some(({ code }) => code === one))
  if (missing !== undefined) throw new LijianError('not_found', `There is no role ${missing}`)
  const holders = await db.query<{ login: string; other: string }>(
    `SELECT login, other FROM person, unnest($2::text[]) other WHERE $1 = ANY (roles) AND other = ANY (roles) AND status = 'active' ORDER BY login LIMIT 1`,
    [role.code, others],
  )
  if (holders.rows[0] !== undefined)
    throw new LijianError(
      'state_conflict',
      `${holders.rows[0].login} holds ${role.code} and ${holders.rows[0].other}: take one away first`,
    )
  await mustNotBeOwn(db, role, maker)
}

/** Nobody gives rights to themselves, neither as maker nor as checker. */
async function mustNotBeOwn(db: PoolClient, role: RoleAnswer, actor: string): Promise<void> {
  if (!(await whoIs(db, actor)).roles.includes(role.code)) return
  const stands = await readRole(db, role.code)
  if (setOf(stands?.scopes ?? []).join() !== role.scopes.join())
    throw new LijianError('forbidden', `You hold the role ${role.code}: its rights are changed by people without it`)
}

const COLUMNS = `code, name, name_zh AS "nameZh", ARRAY(SELECT s FROM unnest(scopes) s ORDER BY s COLLATE "C") AS scopes,
  coalesce((SELECT jsonb_agg(jsonb_build_object('role', CASE WHEN one = code THEN other ELSE one END, 'why', why)
    ORDER BY CASE WHEN one = code THEN other ELSE one END) FROM role_conflict WHERE one = code OR other = code), '[]') AS conflicts`

async function readRole(db: Db, code: string): Promise<RoleAnswer | undefined> {
  return (await db.query<RoleAnswer>(`SELECT ${COLUMNS} FROM role WHERE code = $1`, [code])).rows[0]
}

export async function listRoles(db: Db, { after = '', limit }: PageQuery): Promise<RolePage> {
  const found = await db.query<RoleAnswer>(`SELECT ${COLUMNS} FROM role WHERE code > $1 ORDER BY code LIMIT $2`, [
    after,
    limit + 1,
  ])
  const { rows, next } = pageOf(found.rows, limit, ({ code }) => code)
  return { roles: rows, next }
}
