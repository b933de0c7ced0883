import {
  CLEARED_EVENTS,
  defaultLayout,
  fileNameOf,
  KIND_OF_OFFER,
  REBATE_DATE,
  SETTLE_FEN,
} from '@lijian/clearing-files'
import { CLEARING_KINDS, type ClearingKind, type ClearingLayout, type FileKind } from '@lijian/contracts/finance'
import { withoutCurrency } from '@lijian/contracts/money'
import { clearingCases } from './case-kinds'
import { NAMED_SYSTEMS, openDocumentCases, storedLayout } from './documents'
import type { Db } from './rows'

interface Totals {
  clearingSystem: string
  kind: ClearingKind
  rows: number
  grossFen: number
  discountFen: number
  settleFen: number
  feeFinalFen: number
  feeSavedFen: number
}

const SIGN = `CASE WHEN j.event = 'capture' THEN 1 ELSE -1 END`
/** Of several offers of one kind in one transaction the first carries what counts once: gross amount and fees. */
const ONCE = `(o.n = 1 OR NOT EXISTS (SELECT 1 FROM jsonb_array_elements(j.detail->'offers') WITH ORDINALITY p (offer, n)
  WHERE p.n < o.n AND ${KIND_OF_OFFER.replaceAll('o.offer', 'p.offer')} = ${KIND_OF_OFFER}))`
const once = (key: string) => `coalesce(sum((j.detail->>'${key}')::bigint * ${SIGN}) FILTER (WHERE ${ONCE}), 0)::float8`

/** What every file of a closed date adds up to, in one pass over its journal. */
async function totalsOf(db: Db, businessDate: string): Promise<Totals[]> {
  const { rows } = await db.query<Totals>(
    `SELECT coalesce(j.clearing_system, 'main') AS "clearingSystem", ${KIND_OF_OFFER} AS kind, count(*)::float8 AS rows,
       ${once('amountFen')} AS "grossFen", sum((o.offer->>'discountFen')::bigint * ${SIGN})::float8 AS "discountFen",
       sum(${SETTLE_FEN} * ${SIGN})::float8 AS "settleFen", ${once('feeFinalFen')} AS "feeFinalFen", ${once('feeSavedFen')} AS "feeSavedFen"
     FROM journal j CROSS JOIN LATERAL jsonb_array_elements(j.detail->'offers') WITH ORDINALITY o (offer, n)
     WHERE j.business_date = $1 AND j.event IN ${CLEARED_EVENTS} GROUP BY 1, 2`,
    [businessDate],
  )
  return rows
}

/** Each named clearing system, whether it has something on that date or not; in other currencies it has files when it has rows. */
async function clearingSystems(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(NAMED_SYSTEMS)
  return rows.map(({ code }) => code)
}

/** The layout that a clearing system wants for a kind of file. */
export async function layoutFor(db: Db, clearingSystem: string, kind: FileKind): Promise<ClearingLayout> {
  const { rows } = await db.query<{ layouts: unknown }>('SELECT layouts FROM clearing_system WHERE code = $1', [
    withoutCurrency(clearingSystem),
  ])
  const layout = rows[0] === undefined ? undefined : storedLayout(rows[0].layouts, kind)
  // Of a release that was less strict: the date goes on with the layout that everybody has.
  if (layout === null)
    await clearingCases.open(db, {
      kind: 'clearing_document',
      client: '@clearing',
      serial: `layout/${withoutCurrency(clearingSystem)}/${kind}`,
    })
  return layout ?? defaultLayout(kind)
}

export interface PlannedFile extends Omit<Totals, 'kind'> {
  businessDate: string
  settlementDate: string
  kind: FileKind
  version: number
  replaces: number | null
}

/** A file to be made; its name follows from its layout. */
export async function insertFile(db: Db, file: PlannedFile): Promise<void> {
  const layout = await layoutFor(db, file.clearingSystem, file.kind)
  await db.query(
    `INSERT INTO clearing_file (business_date, kind, clearing_system, version, settlement_date, layout, name, rows_count, gross_fen,
       discount_fen, settle_fen, fee_final_fen, fee_saved_fen, replaces)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[file.businessDate, file.kind, file.clearingSystem, file.version, file.settlementDate],
      ...[JSON.stringify(layout), fileNameOf(layout, file), file.rows, file.grossFen, file.discountFen],
      ...[file.settleFen, file.feeFinalFen, file.feeSavedFen, file.replaces],
    ],
  )
}

/** One file for every kind and every known clearing system, with rows or without; and when the date's rebates are to be paid. */
export async function planFiles(db: Db, businessDate: string, settlementDate: string): Promise<void> {
  await openDocumentCases(db, businessDate)
  const totals = new Map((await totalsOf(db, businessDate)).map((one) => [`${one.clearingSystem}/${one.kind}`, one]))
  const systems = new Set([...(await clearingSystems(db)), ...[...totals.values()].map((one) => one.clearingSystem)])
  const nothing = { rows: 0, grossFen: 0, discountFen: 0, settleFen: 0, feeFinalFen: 0, feeSavedFen: 0 }
  for (const clearingSystem of [...systems].sort())
    for (const kind of CLEARING_KINDS) {
      const about = { businessDate, settlementDate, clearingSystem, kind, version: 1, replaces: null }
      await insertFile(db, { ...nothing, ...totals.get(`${clearingSystem}/${kind}`), ...about })
    }
  await db.query(
    `INSERT INTO rebate_due (business_date, clearing_system, due_date, amount_fen)
     SELECT $1::date, coalesce(j.clearing_system, 'main'), ${REBATE_DATE}, sum((o.offer->>'discountFen')::bigint * ${SIGN})
     FROM journal j CROSS JOIN LATERAL jsonb_array_elements(j.detail->'offers') o (offer)
     WHERE j.business_date = $1 AND j.event IN ${CLEARED_EVENTS} AND ${KIND_OF_OFFER} = 'rebate' GROUP BY 2, 3`,
    [businessDate],
  )
}
