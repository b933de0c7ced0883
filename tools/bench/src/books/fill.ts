import { CatalogService } from '@lijian/catalog'
import { openTransactions, type Transactions } from '@lijian/transactions'
import type { Client } from 'pg'
import { withSql } from '../data/load'
import { hotPayment } from '../data/payments'
import { Random } from '../data/random'
import { CLIENT } from '../data/keys'

/** What every serial and card of a template ends with; copies differ in what follows. */
const MARK = '_bench_books'
const TEMPLATES = 1_000
const DAYS = 10
const AT_ONCE = 32

/**
 * A database with `count` transactions as months leave them: 1,000 real ones from the door (of 20, 14 confirmed, 2 refunded in part, 1 voided,
 * 2 failed, 1 held), copied with serials and cards of their own, over ten business dates, all but the last of them sealed.
 */
export async function fillBooks(databaseUrl: string, count: number, say: (line: string) => void): Promise<void> {
  await templates(databaseUrl)
  await withSql(databaseUrl, async (sql) => {
    await sql.query('SET synchronous_commit = off; SET session_replication_role = replica')
    const copies = Math.ceil(count / TEMPLATES) - 1
    const step = Math.max(1, Math.ceil(copies / 20))
    for (let from = 1; from <= copies; from += step) {
      await copy(sql, from, Math.min(copies, from + step - 1))
      say(`${Math.min(copies, from + step - 1) * TEMPLATES} transactions`)
    }
    say('counters, seals, statistics')
    await countersAndSeals(sql)
  })
}

async function templates(databaseUrl: string): Promise<void> {
  const catalog = new CatalogService({ databaseUrl, drawKey: Buffer.alloc(32, 7) })
  await catalog.start()
  const times = { queryDeadlineMs: 10_000, holdSeconds: 86_400, clockSkewSeconds: Infinity }
  const day = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }
  const door = openTransactions({ databaseUrl, catalog, ...day, times, startDelayMs: 0 })
  try {
    const random = new Random(5)
    for (let n = 0; n < TEMPLATES; n += AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, TEMPLATES - n) }, (_, i) => one(door, random, n + i)))
  } finally {
    await door.close()
    await catalog.stop()
  }
}

async function one(door: Transactions, random: Random, n: number): Promise<void> {
  const serial = `s${n}${MARK}`
  const payment = hotPayment(random, 'books', n)
  const { state } = await door.query({
    client: CLIENT,
    request: { ...payment, serial, currency: 'CNY' },
    bodyHash: serial,
    door: 'http',
    receivedAtMs: Date.now(),
    deadlineMs: 10_000,
  })
  if (state !== 'held') throw new Error(`template ${n} is ${state}`)
  const kind = n % 20
  if (kind === 19) return
  const outcome = kind >= 17 ? 'failure' : 'success'
  await door.result({ client: CLIENT, serial, request: { outcome }, bodyHash: 'r', door: 'http' })
  const reverse = `r${n}${MARK}`
  if (kind === 16)
    await door.reverse({
      client: CLIENT,
      originalSerial: serial,
      serial: reverse,
      kind: 'void',
      bodyHash: 'v',
      door: 'http',
    })
  if (kind === 14 || kind === 15) {
    const amountFen = Math.floor(payment.amount / 3)
    await door.refund({
      client: CLIENT,
      originalSerial: serial,
      serial: reverse,
      amountFen,
      bodyHash: 'f',
      deadlineMs: 10_000,
    })
    await door.refundResult({ client: CLIENT, originalSerial: serial, serial: reverse, outcome: 'success' })
  }
}

const marked = (text: string) => `replace(${text}, '${MARK}', '${MARK}' || k)`
const json = (column: string) => `${marked(`${column}::text`)}::jsonb`
const day = `- (k % ${DAYS})::int`

async function copy(sql: Client, from: number, to: number): Promise<void> {
  const times = `generate_series(${from}::bigint, ${to}) k`
  await sql.query(`
    INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen, charges_are,
      charges, record, hold_expires_at, business_date, created_at, updated_at)
    SELECT client, ${marked('serial')}, version, marketing_serial || k, state, merchant, body_hash, amount_fen, payable_fen, charges_are,
      ${json('charges')}, ${json('record')}, hold_expires_at, business_date ${day}, created_at, updated_at
    FROM marketing_transaction, ${times} WHERE right(serial, ${MARK.length}) = '${MARK}'`)
  await sql.query(`
    INSERT INTO reverse_transaction (client, serial, original_serial, kind, state, body_hash, answer, business_date)
    SELECT client, ${marked('serial')}, ${marked('original_serial')}, kind, state, body_hash, answer, business_date ${day}
    FROM reverse_transaction, ${times} WHERE right(serial, ${MARK.length}) = '${MARK}'`)
  await sql.query(`
    INSERT INTO journal (business_date, event, client, serial, original_serial, merchant, clearing_system, detail, accounts, amounts_fen, posted_at)
    SELECT business_date ${day}, event, client, ${marked('serial')}, ${marked('original_serial')}, merchant, clearing_system, detail, accounts,
      amounts_fen, posted_at - (k % ${DAYS}) * interval '1 day'
    FROM journal, ${times} WHERE right(serial, ${MARK.length}) = '${MARK}'`)
}

async function countersAndSeals(sql: Client): Promise<void> {
  await sql.query(`SET work_mem = '128MB'; TRUNCATE counter, outbox`)
  await sql.query(`
    INSERT INTO counter (key, limit_version, held_fen, held_count, used_fen, used_count)
    SELECT c.key, 1,
      coalesce(sum(c.fen) FILTER (WHERE charges_are = 'held'), 0), coalesce(sum(c.count) FILTER (WHERE charges_are = 'held'), 0),
      coalesce(sum(c.fen) FILTER (WHERE charges_are = 'used'), 0), coalesce(sum(c.count) FILTER (WHERE charges_are = 'used'), 0)
    FROM marketing_transaction t, jsonb_to_recordset(t.charges) AS c (key text, fen bigint, count bigint)
    WHERE charges_are <> 'none' GROUP BY 1`)
  await sql.query('SET session_replication_role = DEFAULT')
  const { rows } = await sql.query<{ day: string }>(
    'SELECT DISTINCT business_date::text AS day FROM journal ORDER BY 1',
  )
  for (const { day: closed } of rows.slice(0, -1)) {
    await sql.query(`SELECT freeze_business_day($1, 'Asia/Shanghai', '24:00')`, [closed])
    await sql.query('SELECT seal_business_day($1)', [closed])
  }
  await sql.query('VACUUM ANALYZE')
  await sql.query('CHECKPOINT')
}
