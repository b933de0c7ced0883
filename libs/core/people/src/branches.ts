import { HEAD_OFFICE, type ProposalKind } from '@lijian/approvals'
import { branchRequest, type BranchPage } from '@lijian/contracts/people'
import { LijianError, type PageQuery } from '@lijian/contracts/system'
import { pageOf } from '@lijian/database'
import type { PoolClient } from 'pg'
import { parsed, refused, type Db } from './reading'

export interface Branch {
  code: string
  name: string
  parent: string | null
}

/** 分公司. Head office is the root of the one tree: each other branch has one above it, and none is above itself. */
export const branchKind: ProposalKind<Branch> = {
  replaces: true,
  read: async (_db, code, request) => {
    const { name, parent } = parsed(branchRequest, request)
    if (code === HEAD_OFFICE && parent !== undefined)
      throw refused('parent', 'expected none: nothing is above head-office')
    return { code, name, parent: code === HEAD_OFFICE ? null : (parent ?? HEAD_OFFICE) }
  },
  before: async (db, code) => (await lockTree(db)).find((one) => one.code === code) ?? null,
  check: (db, { body }) => mustStayTree(db, body),
  apply: async (db, { id, before, body }) => {
    await mustStayTree(db, body)
    // A row that is there is locked since it was compared; one that was not is guarded by its key alone.
    const { rowCount } = await db.query(
      before === null
        ? 'INSERT INTO branch (code, name, parent) VALUES ($1, $2, $3) ON CONFLICT (code) DO NOTHING'
        : 'UPDATE branch SET name = $2, parent = $3 WHERE code = $1',
      [body.code, body.name, body.parent],
    )
    if (rowCount === 0)
      throw new LijianError('changed_since', `What proposal ${id} changes has changed since: propose it anew`)
  },
}

/** All of it: of two moves at once the second sees the first, so that they make no circle together. */
async function lockTree(db: Db): Promise<Branch[]> {
  return (await db.query<Branch>('SELECT code, name, parent FROM branch ORDER BY code FOR NO KEY UPDATE')).rows
}

async function mustStayTree(db: PoolClient, { code, parent }: Branch): Promise<void> {
  if (parent === null) return
  const above = new Map((await lockTree(db)).map((one) => [one.code, one.parent]))
  if (!above.has(parent))
    throw new LijianError('not_found', 'There is no such branch above it: GET /v1/branches has them')
  for (let one: string | null | undefined = parent; one != null; one = above.get(one))
    if (one === code) throw refused('parent', `expected a branch that is not below ${code}`)
}

export async function listBranches(db: Db, { after = '', limit }: PageQuery): Promise<BranchPage> {
  const found = await db.query<Branch>('SELECT code, name, parent FROM branch WHERE code > $1 ORDER BY code LIMIT $2', [
    after,
    limit + 1,
  ])
  const { rows, next } = pageOf(found.rows, limit, ({ code }) => code)
  return { branches: rows.map(({ parent, ...one }) => ({ ...one, parent: parent ?? undefined })), next }
}
