import { runMigrations } from 'bullmq'
import type { ClientBase } from 'pg'

export const QUEUE_SCHEMA = 'bullmq'

/** Makes BullMQ's schema or brings it up to date, as its owner, and lets the application's role use it. Safe to call from several processes at once. */
export async function migrateQueue(owner: ClientBase, applicationRole: string): Promise<void> {
  await runMigrations(owner, QUEUE_SCHEMA)
  const role = owner.escapeIdentifier(applicationRole)
  const { rowCount } = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [applicationRole])
  // Without the right to make roles there is none, and everything runs as the owner.
  if (!rowCount) return
  await owner.query(`GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO ${role};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO ${role}`)
}
