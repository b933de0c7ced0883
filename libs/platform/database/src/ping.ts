/** Asks the server for an answer and nothing else. Rejects when it is away. */
export async function ping(db: { query(sql: string): Promise<unknown> }): Promise<void> {
  await db.query('SELECT 1')
}
