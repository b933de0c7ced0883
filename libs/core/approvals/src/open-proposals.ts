import type { Pool } from 'pg'

/** How many proposals wait for a second person, by kind. */
export async function openProposalsByKind(db: Pick<Pool, 'query'>): Promise<{ kind: string; open: number }[]> {
  const { rows } = await db.query<{ kind: string; open: number }>(
    `SELECT kind, count(*)::int AS open FROM proposal WHERE state = 'proposed' GROUP BY kind`,
  )
  return rows
}
