import type { WordQuery } from '@lijian/contracts/system'
import { pageOf } from '@lijian/database'
import type { DataSource } from 'typeorm'

export interface GroupRow {
  code: string
  name: string | null
  bins: number
  member_count: number
  updated_by: string
  updated_at: Date
}

/** Groups by code; `bins` says how many BIN prefixes one has, as SQL. */
export async function listGroups(
  source: DataSource,
  { table, bins }: { table: 'card_group' | 'customer_group'; bins: string },
  { after = '', limit, q }: WordQuery,
): Promise<{ rows: GroupRow[]; next?: string }> {
  const found = await source.query<GroupRow[]>(
    `SELECT code, name, ${bins} AS bins, member_count, updated_by, updated_at FROM ${table}
     WHERE code > $1 AND ($3::text IS NULL OR strpos(lower(code), lower($3)) > 0 OR strpos(lower(name), lower($3)) > 0) ORDER BY code LIMIT $2`,
    [after, limit + 1, q ?? null],
  )
  return pageOf(found, limit, ({ code }) => code)
}

export const groupLineOf = ({ code, name, member_count, updated_by, updated_at }: GroupRow) => ({
  code,
  name: name ?? undefined,
  members: member_count,
  updatedBy: updated_by,
  updatedAt: updated_at.toISOString(),
})
