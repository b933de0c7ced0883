import { Client } from 'pg'

/** Locks rows in a session of its own, such as `counter WHERE key = 'A'`: meanwhile nobody decides about them. Returns what lets go. */
export async function lockRows(url: string, rows: string): Promise<() => Promise<void>> {
  const db = new Client({ connectionString: url })
  await db.connect()
  await db.query('BEGIN')
  await db.query(`SELECT FROM ${rows} FOR UPDATE`)
  return async () => {
    await db.query('COMMIT')
    await db.end()
  }
}
