import { Client } from 'pg'

export async function answersTo(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    await client.query('SELECT 1')
    return true
  }).catch(() => false)
}

export async function createDatabase(url: string, database: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (rowCount !== 0) return
    // An attempt before this one may have made it and lost the reply.
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`).catch((error: { code?: string }) => {
      if (error.code !== '42P04') throw error
    })
  })
}

/** Long: a busy machine takes its time for a new connection, and whoever ends the attempt early begins again at the end of the queue. */
const connectWithinMs = 30_000

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectWithinMs })
  // Without a listener a connection that breaks would end the launcher.
  client.on('error', () => undefined)
  try {
    await client.connect()
    return await use(client)
  } finally {
    await client.end().catch(() => undefined)
  }
}
