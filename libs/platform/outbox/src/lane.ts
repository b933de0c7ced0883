import { LOCKS } from '@lijian/database'
import type { ClientBase, Pool } from 'pg'

export interface OutboxRow {
  id: string
  client: string
  serial: string
  workflowId: string
  workflowType: string
  snapshot: unknown
}

/** Everything that waits for one transaction and its reverse transactions, oldest first. */
export type Parcel = OutboxRow[]

/** Lanes in which something is ready; a table scan of what is nearly always an empty table. */
export async function readyLanes(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ lane: number }>({
    name: 'relay-lanes',
    text: 'SELECT DISTINCT lane FROM outbox WHERE ready_at <= now()',
  })
  return rows.map(({ lane }) => lane)
}

/**
 * Takes a lane until the caller's database transaction ends, and from it whole transactions of which something is ready: the
 * result that has come meanwhile travels with the held-back start. `undefined`: another relay has the lane.
 */
export async function takeLane(db: ClientBase, lane: number, most: number): Promise<Parcel[] | undefined> {
  const lock = await db.query<{ got: boolean }>({
    name: 'relay-lock',
    text: 'SELECT pg_try_advisory_xact_lock($1, $2) AS got',
    values: [LOCKS.outboxLane, lane],
  })
  if (!lock.rows[0]?.got) return undefined
  // A statement of its own: its snapshot is taken after the lock, so it cannot see rows that the lane's last owner has deleted.
  const { rows } = await db.query<OutboxRow>({
    name: 'relay-take',
    text: `WITH ready AS (
             SELECT DISTINCT client, serial FROM (
               SELECT client, serial FROM outbox WHERE lane = $1 AND ready_at <= now() ORDER BY id LIMIT $2
             ) oldest
           )
           SELECT o.id, o.client, o.serial, o.workflow_id AS "workflowId", o.workflow_type AS "workflowType", o.snapshot
           FROM outbox o JOIN ready r ON r.client = o.client AND r.serial = o.serial
           WHERE o.lane = $1 ORDER BY o.id`,
    values: [lane, most],
  })
  return parcels(rows)
}

function parcels(rows: OutboxRow[]): Parcel[] {
  const byTransaction = new Map<string, Parcel>()
  for (const row of rows) {
    const key = `${row.client}/${row.serial}`
    const parcel = byTransaction.get(key)
    if (parcel) parcel.push(row)
    else byTransaction.set(key, [row])
  }
  return [...byTransaction.values()]
}

export async function remove(db: ClientBase, delivered: Parcel[]): Promise<void> {
  if (delivered.length === 0) return
  const ids = delivered.flat().map(({ id }) => id)
  await db.query({ name: 'relay-remove', text: 'DELETE FROM outbox WHERE id = ANY ($1::bigint[])', values: [ids] })
}

/** A transaction that Temporal refuses waits as long again as it has waited, between 1 s and 1 min: it keeps its rows, its neighbours go on. */
export async function holdBack(db: ClientBase, refused: Parcel[]): Promise<void> {
  if (refused.length === 0) return
  const ids = refused.flat().map(({ id }) => id)
  await db.query({
    name: 'relay-hold-back',
    text: `UPDATE outbox SET ready_at = now() + least(interval '1 minute', greatest(interval '1 second', now() - created_at))
           WHERE id = ANY ($1::bigint[])`,
    values: [ids],
  })
}

export interface Backlog {
  rows: number
  oldestAgeSeconds: number
}

export async function backlog(pool: Pool): Promise<Backlog> {
  const { rows } = await pool.query<{ rows: string; age: string | null }>({
    name: 'relay-backlog',
    text: 'SELECT count(*) AS rows, extract(epoch FROM now() - min(created_at)) AS age FROM outbox',
  })
  return { rows: Number(rows[0]!.rows), oldestAgeSeconds: Number(rows[0]!.age ?? 0) }
}
