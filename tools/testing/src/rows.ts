import type { Client } from 'pg'

/** Rows by table, as to_jsonb gives them. */
export type TableRows = Record<string, Record<string, unknown>[]>

export async function rowsOf(sql: Client, tables: readonly string[]): Promise<TableRows> {
  const found: TableRows = {}
  for (const table of tables) {
    const { rows } = await sql.query<{ row: Record<string, unknown> }>(`SELECT to_jsonb(t) AS row FROM ${table} t`)
    found[table] = rows.map(({ row }) => row)
  }
  return found
}

/** These rows instead of those that are there; columns that came later get their defaults. */
export async function putRows(sql: Client, tables: TableRows): Promise<void> {
  await sql.query('BEGIN; SET LOCAL session_replication_role = replica')
  for (const [table, rows] of Object.entries(tables)) {
    await sql.query(`DELETE FROM ${table}`)
    if (rows.length === 0) continue
    const columns = Object.keys(rows[0]!).join(', ')
    await sql.query(
      `INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE
       SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  }
  await sql.query('COMMIT')
}
