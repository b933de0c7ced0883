import { LijianError } from '@lijian/contracts/system'
import type { ClientBase } from 'pg'

type Db = Pick<ClientBase, 'query'>

/** Who stands behind an actor, the id of an API key or of a person. */
export interface Who {
  /** The person; of a machine's key its client, so that two keys of one are never two people. */
  person: string
  /** A key of a client: it proposes, and decides nothing. */
  isMachine: boolean
  /** Revoked, expired or disabled. */
  isGone: boolean
  /** Undefined: of no branch, such as a machine. */
  branch: string | undefined
  roles: readonly string[]
}

interface Row {
  person: string
  machine: boolean
  gone: boolean
  branch: string | null
  roles: string[] | null
}

/** An actor that is neither a key nor a person acts for the house itself, such as a flow: it stands for nobody but itself. */
export async function whoIs(db: Db, actor: string): Promise<Who> {
  const { rows } = await db.query<Row>(
    `SELECT coalesce(k.person, 'client:' || k.client) AS person, k.person IS NULL AS machine, p.branch, p.roles,
       k.revoked_at IS NOT NULL OR coalesce(k.expires_at <= now(), false) OR coalesce(p.status <> 'active', false) AS gone
     FROM api_key k LEFT JOIN person p ON p.id = k.person WHERE k.id = $1
     UNION ALL
     SELECT id, false, branch, roles, status <> 'active' FROM person WHERE id = $1`,
    [actor],
  )
  const row = rows[0]
  if (row === undefined) return { person: actor, isMachine: false, isGone: false, branch: undefined, roles: [] }
  const { person, machine, gone, branch, roles } = row
  return { person, isMachine: machine, isGone: gone, branch: branch ?? undefined, roles: roles ?? [] }
}

/** Of two people one makes and the other checks. Throws LijianError maker_is_checker. */
export function mustBeTwoPeople(maker: string | null | undefined, checker: string): void {
  if (maker === checker) throw new LijianError('maker_is_checker')
}

/** Whether what belongs to `branch` is seen from `from`: its own, or one below. */
export async function sees(db: Db, from: string | undefined, branch: string): Promise<boolean> {
  if (from === undefined || from === branch || from === HEAD_OFFICE) return true
  const { rowCount } = await db.query(
    `WITH RECURSIVE up AS (
       SELECT code, parent FROM branch WHERE code = $1
       UNION SELECT b.code, b.parent FROM branch b JOIN up ON b.code = up.parent)
     SELECT FROM up WHERE code = $2`,
    [branch, from],
  )
  return rowCount === 1
}

/** The root of the tree. */
export const HEAD_OFFICE = 'head-office'
