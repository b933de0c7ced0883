import type { ClientBase } from 'pg'
import { outboxLane } from './apply'
import type { EventWrite } from './batch'

/** Tells a flow what has happened, with the change itself: in the caller's database transaction. */
export async function writeOutbox(db: Pick<ClientBase, 'query'>, event: EventWrite): Promise<void> {
  const { client, serial, workflowId, workflowType, snapshot, delayMs } = event
  await db.query({
    text: `INSERT INTO outbox (lane, client, serial, workflow_id, workflow_type, snapshot, ready_at)
           VALUES ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 millisecond')`,
    values: [outboxLane(client, serial), client, serial, workflowId, workflowType, JSON.stringify(snapshot), delayMs],
  })
}
