import { csvCell } from '@lijian/clearing-files'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { moneyText } from '@lijian/money'
import { guardedText } from '@lijian/sheet-files'
import { createHash } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { SHARES, sharesOf, type Stream } from './movements'
import type { Period } from './periods'

const HEADER = [
  ...[
    'business_date',
    'event',
    'serial',
    'original_serial',
    'merchant',
    'campaign',
    'version',
    'offer',
    'offer_name',
    'kind',
  ],
  ...['delivery', 'payment_mode', 'payment_method', 'amount', 'discount', 'share'],
]
const PAGE = 2000
// Excel reads UTF-8 only when it is told so.
const BOM = '\uFEFF'

interface StatementRow {
  day: string
  event: string
  serial: string
  original: string | null
  merchant: string | null
  offer: Record<string, unknown>
  method: string | null
  amountFen: number
  fen: number
}

const ROWS = `WITH ${SHARES}
  SELECT business_date::text AS day, event, serial, original_serial AS original, merchant, offer, payment_method AS method,
    amount_fen::float8 AS "amountFen", fen::float8 AS fen
  FROM share WHERE ($6::text IS NULL OR campaign = $6) AND ($7::text IS NULL OR offer ->> 'code' = $7)
  ORDER BY business_date, id, ord`

export interface Only {
  campaign?: string | undefined
  offer?: string | undefined
}

/**
 * The details of a statement as CSV (RFC 4180, UTF-8, amounts with the decimals of the partner's currency), piece by piece: one line per event and offer, returns negative, and the sum of
 * the partner's shares last. Dates that are closed do not change and the order is the journal's, so it is byte-identical whenever it is made.
 */
export async function* statement(
  db: Pick<ClientBase, 'query'>,
  stream: Stream,
  period: Period,
  only: Only = {},
): AsyncGenerator<{ text: string; rows: number }> {
  yield { text: BOM + csv(HEADER), rows: 0 }
  const values = [...sharesOf(stream, period), only.campaign ?? null, only.offer ?? null]
  const currency = await currencyOf(db, stream.partner)
  await db.query(`DECLARE statement NO SCROLL CURSOR FOR ${ROWS}`, values)
  let sum = 0
  for (;;) {
    const { rows } = await db.query<StatementRow>(`FETCH ${PAGE} FROM statement`)
    if (rows.length > 0) yield { text: rows.map((row) => lineOf(row, currency)).join(''), rows: rows.length }
    for (const { fen } of rows) sum += fen
    if (rows.length < PAGE) break
  }
  await db.query('CLOSE statement')
  yield {
    text: csv(['total', ...Array.from({ length: HEADER.length - 2 }, () => ''), moneyText(sum, currency)]),
    rows: 0,
  }
}

/** The same in a database transaction of its own, for a door that hands it on. */
export async function* openStatement(pool: Pool, stream: Stream, period: Period, only: Only): AsyncGenerator<string> {
  const db = await pool.connect()
  try {
    await db.query('BEGIN READ ONLY')
    for await (const { text } of statement(db, stream, period, only)) yield text
  } finally {
    await db.query('ROLLBACK').catch(() => undefined)
    db.release()
  }
}

async function currencyOf(db: Pick<ClientBase, 'query'>, partner: string): Promise<string> {
  const { rows } = await db.query<{ currency: string }>('SELECT currency FROM partner WHERE code = $1', [partner])
  return rows[0]?.currency ?? DEFAULT_CURRENCY
}

export async function checksum(
  db: Pick<ClientBase, 'query'>,
  stream: Stream,
  period: Period,
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256')
  let count = 0
  for await (const { text, rows } of statement(db, stream, period)) {
    hash.update(text)
    count += rows
  }
  return { rows: count, sha256: hash.digest('hex') }
}

const lineOf = (
  { day, event, serial, original, merchant, offer, method, amountFen, fen }: StatementRow,
  currency: string,
): string =>
  csv([
    day,
    event,
    words(serial),
    words(original),
    words(merchant),
    words(offer['campaign']),
    String(offer['version']),
    words(offer['code']),
    words(offer['name']),
    words(offer['kind']),
    words(offer['delivery']),
    words(offer['paymentMode']),
    words(method),
    moneyText(amountFen, currency),
    moneyText(Number(offer['discountFen']) * (event === 'capture' ? 1 : -1), currency),
    moneyText(fen, currency),
  ])

const words = (value: unknown): string => guardedText(value === null || value === undefined ? '' : String(value))

const csv = (cells: readonly string[]) => `${cells.map((cell) => csvCell(cell)).join(',')}\r\n`
