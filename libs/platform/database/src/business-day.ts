import type { ClientBase, Pool } from 'pg'

/** The zone and cut-off by which the database dates what it records. */
export interface BusinessDayRule {
  timeZone: string
  cutOff: string
}

/** SQLSTATEs of business_day's functions. */
export const DAY_NOT_OVER = 'LJ001'
export const DAY_NOT_READY = 'LJ002'

/**
 * The business date of what is recorded in this database transaction; it stays open until the transaction ends. Whoever posts outside `apply`
 * asks here and writes in the same transaction.
 */
export async function openBusinessDay(
  db: Pick<ClientBase, 'query'>,
  { timeZone, cutOff }: BusinessDayRule,
): Promise<string> {
  const { rows } = await db.query<{ day: string }>('SELECT open_business_day($1, $2)::text AS day', [timeZone, cutOff])
  return rows[0]!.day
}

/** Closes a business date that is over (else SQLSTATE LJ001); idempotent. Returns when it was closed. */
export async function freezeBusinessDay(
  db: Pool,
  day: string,
  { timeZone, cutOff }: BusinessDayRule,
  { early = false }: { early?: boolean } = {},
): Promise<Date> {
  const { rows } = await db.query<{ at: Date }>('SELECT freeze_business_day($1, $2, $3, $4) AS at', [
    ...[day, timeZone, cutOff, early],
  ])
  return rows[0]!.at
}

/** Seals a closed business date (SQLSTATE LJ002 when it or the one before is not ready); idempotent. Returns the hash in hexadecimal. */
export async function sealBusinessDay(db: Pool, day: string): Promise<string> {
  const { rows } = await db.query<{ hash: Buffer }>('SELECT seal_business_day($1) AS hash', [day])
  return rows[0]!.hash.toString('hex')
}

/** Adds up the refusals of dates that are over, each once; idempotent. Returns the dates that were new. */
export async function bookRefusalDays(db: Pool, timeZone: string): Promise<string[]> {
  const { rows } = await db.query<{ date: string }>('SELECT d::text AS date FROM book_refusal_days($1) d', [timeZone])
  return rows.map(({ date }) => date)
}
