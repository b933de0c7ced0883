import { LijianError } from '@lijian/contracts/system'
import type { ListedTransaction, TransactionListQuery, TransactionPage } from '@lijian/contracts/marketing'
import type { Pool } from 'pg'

export interface ListAsk extends Omit<TransactionListQuery, 'client'> {
  /** Whose; undefined: everybody's. */
  client?: string
  /** Of whose merchants or campaigns; undefined: of all. */
  branches?: readonly string[] | undefined
  timeZone: string
}

const MOST_DAYS = 31
/** A search that finds little in much is given up, so that it does not slow payments down. */
const LONGEST_MS = 8000
const QUERY_CANCELED = '57014'

interface Row extends Omit<ListedTransaction, 'clearingFiles' | 'createdAt' | 'offers'> {
  offers: (ListedTransaction['offers'][number] & { delivery: string })[]
  createdAt: Date
  /** To the microsecond, for the next page. */
  createdAtText: string
}

/** 交易查询: marketing transactions and what undid them, newest first, by the day on which they came in. */
export async function listTransactions(pool: Pool, ask: ListAsk): Promise<TransactionPage> {
  const { rows, next } = await page(pool, ask)
  const files = await filesOf(pool, rows)
  const transactions = rows.map(({ createdAtText: _, offers, ...row }) => ({
    ...withoutNull(row),
    createdAt: row.createdAt.toISOString(),
    offers: offers.map(({ delivery: __, ...offer }) => offer),
    clearingFiles: [...new Set(offers.flatMap((offer) => files.get(fileKey(row, fileKind(offer))) ?? []))],
  }))
  return next === undefined ? { transactions } : { transactions, next }
}

const withoutNull = <Whole extends object>(row: Whole) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as {
    [Key in keyof Whole]: NonNullable<Whole[Key]>
  }

const OFFERS = (
  offers: string,
) => `(SELECT coalesce(jsonb_agg(jsonb_build_object('code', o->'code', 'name', o->'name', 'kind', o->'kind',
  'delivery', o->'delivery', 'discount', o->'discount', 'campaign', o->'campaign', 'ruleVersion', o->'version') ORDER BY n), '[]')
  FROM jsonb_array_elements(${offers}) WITH ORDINALITY x (o, n))`

const TRANSACTIONS = `
  SELECT 'transaction' AS kind, t.client, t.serial, NULL AS "originalSerial", t.state, t.merchant, t.amount_fen::float8 AS amount,
    (t.record->>'discountFen')::float8 AS discount, t.payable_fen::float8 AS payable, (t.record->'fee'->>'final')::float8 AS fee,
    (t.record->'fee'->>'saved')::float8 AS "feeSaved", ${OFFERS(`t.record->'offers'`)} AS offers, t.record->'facts'->>'paymentMethod' AS "paymentMethod",
    t.record->'result'->>'outcome' AS result, t.business_date::text AS "businessDate",
    t.created_at AS "createdAt"
  FROM marketing_transaction t`
/** A refund that is done carries its original's state, as its answer does. */
const REVERSE_STATE = `CASE WHEN r.kind <> 'refund' THEN coalesce(r.answer->>'state', r.state) WHEN r.state = 'done' THEN r.answer->>'originalState' ELSE r.state END`
/** Their original tells what they do not carry themselves. */
const REVERSES = `
  SELECT r.kind, r.client, r.serial, r.original_serial AS "originalSerial", ${REVERSE_STATE} AS state, t.merchant,
    (r.answer->>'amount')::float8 AS amount, (r.answer->>'discount')::float8 AS discount, coalesce(r.answer->>'payable', r.answer->>'payer')::float8 AS payable,
    (r.answer->'fee'->>'final')::float8 AS fee, (r.answer->'fee'->>'saved')::float8 AS "feeSaved",
    ${OFFERS(`CASE WHEN jsonb_typeof(r.answer->'offers') = 'array' THEN r.answer->'offers' ELSE '[]' END`)} AS offers,
    t.record->'facts'->>'paymentMethod' AS "paymentMethod", CASE r.state WHEN 'done' THEN 'success' WHEN 'cancelled' THEN 'failure' END AS result,
    r.business_date::text AS "businessDate", r.created_at AS "createdAt"
  FROM reverse_transaction r LEFT JOIN marketing_transaction t ON t.client = r.client AND t.serial = r.original_serial`

async function page(pool: Pool, ask: ListAsk): Promise<{ rows: Row[]; next?: string }> {
  const values: unknown[] = []
  const param = (value: unknown) => `$${values.push(value)}`
  const { since, until } = range(ask, param)
  const common = (at: string) => [`${at} >= ${since}`, `${at} < ${until}`]
  const cursor = ask.after === undefined ? undefined : cursorOf(ask.after)
  const both = (alias: 't' | 'r', offers: string) => {
    const where = common(`${alias}.created_at`)
    if (ask.client !== undefined) where.push(`${alias}.client = ${param(ask.client)}`)
    if (ask.serial !== undefined) where.push(`${alias}.serial = ${param(ask.serial)}`)
    if (ask.businessDate !== undefined) where.push(`${alias}.business_date = ${param(ask.businessDate)}`)
    if (ask.merchant !== undefined) where.push(`t.merchant = ${param(ask.merchant)}`)
    const offer = { campaign: ask.campaign, code: ask.offer }
    const funders = ask.partner === undefined ? {} : { funders: [{ partner: ask.partner }] }
    if (ask.branches !== undefined) {
      const branches = param(ask.branches)
      where.push(`(EXISTS (SELECT FROM merchant m WHERE m.id = t.merchant AND m.branch = ANY (${branches}::text[]))
        OR EXISTS (SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(${offers}) = 'array' THEN ${offers} ELSE '[]' END) o
          JOIN campaign c ON c.code = o ->> 'campaign' WHERE c.branch = ANY (${branches}::text[])))`)
    }
    if (ask.campaign !== undefined || ask.offer !== undefined || ask.partner !== undefined)
      where.push(`${offers} @> ${param(JSON.stringify([{ ...offer, ...funders }]))}::jsonb`)
    if (cursor !== undefined)
      where.push(`(${alias}.created_at, ${alias}.client, ${alias}.serial) < (${cursor.map(param).join(', ')})`)
    return where
  }
  const parts: string[] = []
  const limit = param(ask.limit + 1)
  const newest = (of: 't.' | 'r.' | '') =>
    `ORDER BY ${of === '' ? '"createdAt"' : `${of}created_at`} DESC, ${of}client DESC, ${of}serial DESC LIMIT ${limit}`
  if ((ask.kind === undefined || ask.kind === 'transaction') && ask.originalSerial === undefined) {
    const where = both('t', `t.record->'offers'`)
    if (ask.state !== undefined) where.push(`t.state = ${param(ask.state)}`)
    parts.push(`(${TRANSACTIONS} WHERE ${where.join(' AND ')} ${newest('t.')})`)
  }
  if (ask.kind !== 'transaction') {
    const where = both('r', `r.answer->'offers'`)
    if (ask.kind !== undefined) where.push(`r.kind = ${param(ask.kind)}`)
    if (ask.state !== undefined) where.push(`${REVERSE_STATE} = ${param(ask.state)}`)
    if (ask.originalSerial !== undefined) where.push(`r.original_serial = ${param(ask.originalSerial)}`)
    parts.push(`(${REVERSES} WHERE ${where.join(' AND ')} ${newest('r.')})`)
  }
  if (parts.length === 0) return { rows: [] }
  const sql = `SELECT p.*, to_char(p."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "createdAtText"
    FROM (${parts.join(' UNION ALL ')}) p ${newest('')}`
  const found = await hurried(pool, sql, values)
  if (found.length <= ask.limit) return { rows: found }
  const rows = found.slice(0, ask.limit)
  const { createdAtText, client, serial } = rows.at(-1)!
  return { rows, next: Buffer.from(JSON.stringify([createdAtText, client, serial])).toString('base64url') }
}

/** The days that are asked for, as SQL of instants. Without any: of a business date, from the day before; else today. */
function range({ from, to, businessDate, timeZone }: ListAsk, param: (value: unknown) => string) {
  const zone = param(timeZone)
  if (from === undefined && to === undefined && businessDate !== undefined)
    // What is recorded on a date came in on it or before: a hold lasts a day at most, refunds are recorded when they come back.
    return rangeOf(`${param(businessDate)}::date - ${MOST_DAYS - 2}`, `${param(businessDate)}::date + 1`, zone)
  const today = `(clock_timestamp() AT TIME ZONE ${zone})::date`
  const first = from ?? to
  const last = to ?? from
  if (first !== undefined && last !== undefined) {
    const days = (Date.parse(last) - Date.parse(first)) / 86_400_000 + 1
    if (days > MOST_DAYS)
      throw new LijianError('invalid_request', undefined, {
        errors: [{ path: 'to', message: `expected at most ${MOST_DAYS} days from "from" on, found ${days}` }],
      })
  }
  const day = (date: string | undefined) => (date === undefined ? today : `${param(date)}::date`)
  return rangeOf(day(first), day(last), zone)
}

const rangeOf = (first: string, last: string, zone: string) => ({
  since: `((${first})::timestamp AT TIME ZONE ${zone})`,
  until: `((${last} + 1)::timestamp AT TIME ZONE ${zone})`,
})

function cursorOf(after: string): [string, string, string] {
  try {
    const found = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown
    if (
      Array.isArray(found) &&
      found.length === 3 &&
      found.every((part) => typeof part === 'string') &&
      !Number.isNaN(Date.parse(found[0] as string))
    )
      return found as [string, string, string]
  } catch {
    // Answered below.
  }
  throw new LijianError('invalid_request', undefined, {
    errors: [{ path: 'after', message: 'expected the "next" of the page before' }],
  })
}

async function hurried(pool: Pool, sql: string, values: unknown[]): Promise<Row[]> {
  const db = await pool.connect()
  try {
    await db.query('BEGIN READ ONLY')
    await db.query(`SET LOCAL statement_timeout = ${LONGEST_MS}`)
    const { rows } = await db.query<Row>(sql, values)
    return rows
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === QUERY_CANCELED)
      throw new LijianError(
        'invalid_request',
        `The search took more than ${LONGEST_MS / 1000} s: narrow the days, or name the merchant`,
      )
    throw error
  } finally {
    await db.query('ROLLBACK').catch(() => undefined)
    db.release()
  }
}

type ListedOffer = Row['offers'][number]
const fileKind = ({ kind, delivery }: ListedOffer) =>
  kind === 'fee' ? 'fee' : delivery === 'rebate' ? 'rebate' : 'amount'
const fileKey = ({ client, serial }: { client: string; serial: string }, kind: string) => `${client}/${serial}/${kind}`

/** Names of the newest versions of the files that the journal entries of a page stand in. */
async function filesOf(pool: Pool, rows: readonly Row[]): Promise<Map<string, string>> {
  const { rows: files } = await pool.query<{ client: string; serial: string; kind: string; name: string }>(
    `SELECT j.client, j.serial, f.kind, f.name
     FROM unnest($1::text[], $2::text[], $3::text[]) p (client, serial, event) JOIN journal j USING (client, serial, event)
     JOIN clearing_file f ON f.business_date = j.business_date AND f.clearing_system = coalesce(j.clearing_system, 'main')
     WHERE f.state NOT IN ('created', 'replaced') AND f.kind <> 'settlement'`,
    [
      rows.map(({ client }) => client),
      rows.map(({ serial }) => serial),
      rows.map(({ kind }) => (kind === 'transaction' ? 'capture' : kind)),
    ],
  )
  return new Map(files.map((file) => [fileKey(file, file.kind), file.name]))
}
