import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { withSql } from '../data/load'

export const BENCH_DATE = '2026-11-02'
export const CLIENT = 'bench-payments'
/** Of so many lines one differs from our books, one is missing there and one here. */
const ODD_EVERY = 1000

const serialOf = (i: number) => `20261102-${String(i).padStart(9, '0')}`
// Between 20.00 and 519.99, the same on every machine.
const amountOf = (i: number) => 2000 + ((i * 7919) % 50_000)
const discountOf = (i: number) => Math.floor(amountOf(i) / 10)

export interface Planted {
  differing: number
  missingHere: number
  missingThere: number
}

/** The list of a day as the transaction system writes it, with its differences planted. */
export async function writeDayFile(
  path: string,
  lines: number,
): Promise<Planted & { lines: number; bytes: number; sha256: string }> {
  const out = createWriteStream(path)
  const hash = createHash('sha256')
  const planted = { differing: 0, missingHere: 0, missingThere: 0 }
  let [count, amount, discount] = [0, 0, 0]
  let page: string[] = []
  const flush = async () => {
    const text = page.join('')
    page = []
    hash.update(text)
    if (!out.write(text)) await once(out, 'drain')
  }
  const add = (serial: string, fen: number, off: number) => {
    count++
    amount += fen
    discount += off
    page.push(
      `{"serial":"${serial}","kind":"payment","amount":${fen},"discount":${off},"payable":${fen - off},"fee":0,"outcome":"success","at":"${BENCH_DATE}T12:00:00+08:00"}\n`,
    )
  }
  for (let i = 0; i < lines; i++) {
    const [fen, off] = [amountOf(i), discountOf(i)]
    if (i % ODD_EVERY === 1) planted.missingThere++
    else if (i % ODD_EVERY === 2) add(serialOf(i), fen, off + 1)
    else add(serialOf(i), fen, off)
    if (i % ODD_EVERY === 2) planted.differing++
    if (i % ODD_EVERY === 3) {
      add(`X${serialOf(i)}`, fen, off)
      planted.missingHere++
    }
    if (page.length >= 5000) await flush()
  }
  page.push(`{"total":{"count":${count},"amount":${amount},"discount":${discount}}}\n`)
  await flush()
  out.end()
  await once(out, 'finish')
  return { ...planted, lines: count, bytes: (await stat(path)).size, sha256: hash.digest('hex') }
}

/** Our books of the same day, straight into the table. */
export async function writeBooks(url: string, entries: number): Promise<void> {
  await withSql(url, async (sql) => {
    await sql.query(
      `INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
       SELECT $1, 'capture', $2, '20261102-' || lpad(i::text, 9, '0'), 'M' || i % 10000, 'main',
         jsonb_build_object('amountFen', fen, 'payableFen', fen - off, 'discountFen', off, 'feeOriginalFen', 60, 'feeFinalFen', 60, 'feeSavedFen', 0,
           'paymentMethod', 'qr', 'at', '2026-11-02T04:00:00.000Z', 'offers', jsonb_build_array(jsonb_build_object('campaign', 'CCB-2026-Q4', 'version', 3,
             'code', 'CCB-2026-Q4-FOOD', 'name', '餐饮9折', 'kind', 'amount', 'delivery', 'instant', 'paymentMode', 'postpay', 'discountFen', off,
             'funders', jsonb_build_array(jsonb_build_object('partner', 'CCB', 'amountFen', off))))),
         ARRAY['receivable/CCB', 'merchant-discount/M' || i % 10000], ARRAY[off, -off]
       FROM (SELECT i, fen, fen / 10 AS off FROM (SELECT i, 2000 + (i::bigint * 7919) % 50000 AS fen FROM generate_series(0, $3::int - 1) i) a) b`,
      [BENCH_DATE, CLIENT, entries],
    )
    await sql.query('VACUUM ANALYZE journal')
    await sql.query('CHECKPOINT')
  })
}
