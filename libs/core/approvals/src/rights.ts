import { approvalKindSpec, type Scope } from '@lijian/contracts/people'
import type { ClientBase } from 'pg'
import { HEAD_OFFICE, whoIs } from './who'

type Db = Pick<ClientBase, 'query'>

/** The one who asks, as the door knows it. */
export interface Asking {
  /** Id of the key or person. */
  actor: string
  scopes: ReadonlySet<Scope>
}

export interface Rights {
  person: string
  isMachine: boolean
  /** Undefined: of no branch, such as a machine. */
  branch: string | undefined
  /** Its own and those below; null: sees every branch. */
  below: readonly string[] | null
  roles: readonly string[]
  /** By own scopes, or by those of somebody absent. */
  mayCheck(kind: string): boolean
  /** Whose right it is, where it is not one's own. */
  onBehalfOf(kind: string): string | undefined
}

interface Absent {
  absent: string
  scopes: Scope[]
}

export async function rightsOf(db: Db, { actor, scopes }: Asking): Promise<Rights> {
  const who = await whoIs(db, actor)
  const absences = who.isMachine ? [] : await standingInFor(db, who.person)
  const has = (kind: string, own: (scope: Scope) => boolean) => (approvalKindSpec(kind)?.check ?? []).some(own)
  const isOwn = (kind: string) => has(kind, (scope) => scopes.has(scope))
  const onBehalfOf = (kind: string) =>
    isOwn(kind) ? undefined : absences.find((one) => has(kind, (scope) => one.scopes.includes(scope)))?.absent
  const { person, isMachine, branch, roles } = who
  return {
    ...{ person, isMachine, branch, roles, onBehalfOf },
    below: branch === undefined || branch === HEAD_OFFICE ? null : await branchesFrom(db, branch),
    mayCheck: (kind) => isOwn(kind) || onBehalfOf(kind) !== undefined,
  }
}

/** A branch and those below it. */
export async function branchesFrom(db: Db, code: string): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `WITH RECURSIVE below AS (
       SELECT code FROM branch WHERE code = $1 UNION SELECT b.code FROM branch b JOIN below ON b.parent = below.code)
     SELECT code FROM below`,
    [code],
  )
  return rows.map((row) => row.code)
}

/** Who is away now and has this person decide, with what roles give the absent one at this moment. */
async function standingInFor(db: Db, person: string): Promise<Absent[]> {
  const { rows } = await db.query<Absent>(
    `SELECT d.absent, ARRAY(SELECT DISTINCT unnest(r.scopes) FROM role r WHERE r.code = ANY (p.roles)) AS scopes
     FROM delegation d JOIN person p ON p.id = d.absent AND p.status = 'active'
     WHERE d.stands_in = $1 AND d.ended_at IS NULL AND now() BETWEEN d.from_at AND d.until_at ORDER BY d.id`,
    [person],
  )
  return rows
}
