import { LIMITS } from './limits'
import { steadyClient } from './pool'

const SECOND = 1000

/** Whether PostgreSQL answers a connection of its own within seconds; for who watches a process from outside. */
export async function databaseAnswers(url: string): Promise<boolean> {
  const client = steadyClient(url, { name: 'lijian-health' }, { ...LIMITS.polls, connect: 3 * SECOND })
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}
