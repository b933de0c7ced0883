import type { SavedView, SavedViewList, SavedViewRequest } from '@lijian/contracts/people'
import { LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool } from 'pg'

/** Of one owner; and of others, that a list shows. */
const VIEWS_MAX = 200
const SHARED_MAX = 500

interface Row {
  owner: string
  code: string
  name: string
  page: string
  state: Record<string, unknown>
  shared: boolean
  updated_at: Date
}
const ROW = 'owner, code, name, page, state, shared, updated_at'

/** Views of lists, per person and shared. `owner` is the id of a person or of an API key. */
export class SavedViews {
  constructor(private readonly pool: Pool) {}

  async list(owner: string, page?: string): Promise<SavedViewList> {
    const { rows } = await this.pool.query<Row>(
      `(SELECT ${ROW} FROM saved_view WHERE owner = $1 AND ($2::text IS NULL OR page = $2) ORDER BY code LIMIT ${VIEWS_MAX})
       UNION ALL
       (SELECT ${ROW} FROM saved_view WHERE shared AND owner <> $1 AND ($2::text IS NULL OR page = $2) ORDER BY page, owner, code LIMIT ${SHARED_MAX})`,
      [owner, page ?? null],
    )
    return { views: rows.map((row) => viewOf(row, owner)) }
  }

  /** The same again changes nothing. Throws LijianError state_conflict. */
  put(owner: string, code: string, { name, page, state, shared = false }: SavedViewRequest): Promise<SavedView> {
    return inTransaction(this.pool, async (db) => {
      await db.query(
        `INSERT INTO saved_view (owner, code, name, page, state, shared) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (owner, code) DO UPDATE SET name = $3, page = $4, state = $5, shared = $6, updated_at = now()
         WHERE (saved_view.name, saved_view.page, saved_view.state, saved_view.shared) IS DISTINCT FROM ($3, $4, $5::jsonb, $6)`,
        [owner, code, name, page, JSON.stringify(state), shared],
      )
      const { rows } = await db.query<Row & { count: number }>(
        `SELECT ${ROW}, (SELECT count(*)::int FROM saved_view WHERE owner = $1) AS count FROM saved_view WHERE owner = $1 AND code = $2`,
        [owner, code],
      )
      const row = rows[0]!
      if (row.count > VIEWS_MAX)
        throw new LijianError('state_conflict', `${VIEWS_MAX} views are kept, no more: remove one first`)
      return viewOf(row, owner)
    })
  }

  /** What is not there is removed. */
  async remove(owner: string, code: string): Promise<void> {
    await this.pool.query('DELETE FROM saved_view WHERE owner = $1 AND code = $2', [owner, code])
  }
}

const viewOf = ({ owner, updated_at, ...row }: Row, asking: string): SavedView => ({
  ...row,
  owner,
  mine: owner === asking,
  updatedAt: updated_at.toISOString(),
})
