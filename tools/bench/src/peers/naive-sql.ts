import type { TransactionAnswer } from '@lijian/contracts/marketing'
import type { Charge } from '@lijian/rules'
import type { Pool, PoolClient } from 'pg'

const CLIENT = 'naive'

interface Admission {
  merchant: string
  bodyHash: string
  answer: TransactionAnswer
  charges: readonly Charge[]
}

interface CounterRow {
  key: string
  room_fen: string | null
  room_count: string | null
}

async function inTransaction<T>(pool: Pool, work: (db: PoolClient) => Promise<T>): Promise<T> {
  const db = await pool.connect()
  try {
    await db.query('BEGIN')
    const done = await work(db)
    await db.query('COMMIT')
    return done
  } catch (error) {
    await db.query('ROLLBACK')
    throw error
  } finally {
    db.release()
  }
}

function fits(charges: readonly Charge[], rows: readonly CounterRow[]): boolean {
  const known = new Map(rows.map((row) => [row.key, row]))
  return charges.every(({ key, fen, count, limitFen, limitCount }) => {
    const row = known.get(key)
    const roomFen = row ? row.room_fen : limitFen
    const roomCount = row ? row.room_count : limitCount
    return (roomFen === null || fen <= Number(roomFen)) && (roomCount === null || count <= Number(roomCount))
  })
}

/** False: some counter has no room. */
export function admit(pool: Pool, { merchant, bodyHash, answer, charges }: Admission): Promise<boolean> {
  const sorted = [...charges].sort((a, b) => (a.key < b.key ? -1 : 1))
  const keys = sorted.map(({ key }) => key)
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<CounterRow>({
      name: 'lock',
      text: `SELECT key, limit_fen - held_fen - used_fen AS room_fen, limit_count - held_count - used_count AS room_count
             FROM counter WHERE key = ANY ($1) ORDER BY key FOR UPDATE`,
      values: [keys],
    })
    if (!fits(sorted, rows)) return false
    await db.query({
      name: 'charge',
      text: `INSERT INTO counter (key, limit_fen, limit_count, limit_version, held_fen, held_count)
             SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[], $6::bigint[])
             ON CONFLICT (key) DO UPDATE SET held_fen = counter.held_fen + excluded.held_fen, held_count = counter.held_count + excluded.held_count`,
      values: [
        keys,
        sorted.map((charge) => charge.limitFen),
        sorted.map((charge) => charge.limitCount),
        sorted.map((charge) => charge.version),
        sorted.map((charge) => charge.fen),
        sorted.map((charge) => charge.count),
      ],
    })
    const stored = sorted.map(({ key, fen, count }) => ({ key, fen, count }))
    await db.query({
      name: 'hold',
      text: `INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen,
               charges_are, charges, record, hold_expires_at)
             VALUES ($1, $2, 1, $3, 'held', $4, $5, $6, $7, 'held', $8, $9, now() + interval '15 minutes')`,
      values: [
        CLIENT,
        answer.serial,
        answer.marketingSerial,
        merchant,
        bodyHash,
        answer.amount,
        answer.payable,
        JSON.stringify(stored),
        JSON.stringify({ discountFen: answer.discount, offers: answer.offers }),
      ],
    })
    await outbox(db, answer.serial, 1, answer)
    return true
  })
}

/** The transaction's new state; undefined: nothing is held under this serial. */
export function settle(pool: Pool, serial: string, outcome: 'success' | 'failure') {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<{ charges: { key: string; fen: number; count: number }[] }>({
      name: 'row',
      text: `SELECT charges FROM marketing_transaction WHERE client = $1 AND serial = $2 AND state = 'held' FOR UPDATE`,
      values: [CLIENT, serial],
    })
    const charges = rows[0]?.charges
    if (!charges) return undefined
    const keys = charges.map(({ key }) => key)
    const used = outcome === 'success' ? 1 : 0
    await db.query({ name: 'lock-keys', text: LOCK_KEYS, values: [keys] })
    await db.query({
      name: 'move',
      text: `UPDATE counter c SET held_fen = held_fen - a.fen, held_count = held_count - a.count,
               used_fen = used_fen + $4 * a.fen, used_count = used_count + $4 * a.count
             FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS a (key, fen, count) WHERE c.key = a.key`,
      values: [keys, charges.map(({ fen }) => fen), charges.map(({ count }) => count), used],
    })
    const state = outcome === 'success' ? 'confirmed' : 'cancelled'
    await db.query({
      name: 'settle',
      text: `UPDATE marketing_transaction SET version = 2, state = $3, charges_are = $4, business_date = current_date, updated_at = now()
             WHERE client = $1 AND serial = $2`,
      values: [CLIENT, serial, state, outcome === 'success' ? 'used' : 'none'],
    })
    await outbox(db, serial, 2, { state })
    return state as 'confirmed' | 'cancelled'
  })
}

const LOCK_KEYS = 'SELECT 1 FROM counter WHERE key = ANY ($1) ORDER BY key FOR UPDATE'

async function outbox(db: PoolClient, serial: string, version: number, snapshot: object): Promise<void> {
  await db.query({
    name: 'outbox',
    text: `INSERT INTO outbox (lane, client, serial, workflow_id, workflow_type, snapshot, ready_at)
           VALUES (0, $1, $2, $3, 'marketingTransaction', $4, now())`,
    values: [CLIENT, serial, `transaction/${CLIENT}/${serial}`, JSON.stringify({ ...snapshot, version })],
  })
}
