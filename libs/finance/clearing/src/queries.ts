import { LijianError } from '@lijian/contracts/system'
import type {
  ClearingFilePage,
  ClearingFileQuery,
  ClearingRunAnswer,
  ClearingRunPage,
  ClearingRunQuery,
  ClearingSystemAnswer,
  MerchantSettlementPage,
  MerchantSettlementQuery,
} from '@lijian/contracts/finance'
import { SETTLED_CURRENCY } from '@lijian/clearing-files'
import type { Pool } from 'pg'
import { currentFiles, fileAnswer, readFiles, readRuns, type Reader, type StoredRun } from './rows'

async function runAnswer(db: Reader, run: StoredRun): Promise<ClearingRunAnswer> {
  const { businessDate, settlementDate, state, trouble, requestedBy } = run
  return {
    businessDate,
    settlementDate,
    state,
    requestedBy,
    trouble: trouble ?? undefined,
    requestedAt: run.requestedAt.toISOString(),
    frozenAt: run.frozenAt?.toISOString(),
    publishedAt: run.publishedAt?.toISOString(),
    settledAt: run.settledAt?.toISOString(),
    files: (await currentFiles(db, businessDate)).map(fileAnswer),
  }
}

export async function readRun(pool: Pool, date: string): Promise<ClearingRunAnswer> {
  const [run] = await readRuns(pool, 'WHERE business_date = $1', [date])
  if (!run)
    throw new LijianError('not_found', `There is no clearing run of ${date}: open one with POST /v1/clearing-runs`)
  return runAnswer(pool, run)
}

/** Newest first. */
export async function listRuns(pool: Pool, { after, limit }: ClearingRunQuery): Promise<ClearingRunPage> {
  const found = await readRuns(
    pool,
    'WHERE ($1::date IS NULL OR business_date < $1) ORDER BY business_date DESC LIMIT $2',
    [after ?? null, limit + 1],
  )
  const runs: ClearingRunAnswer[] = []
  for (const run of found.slice(0, limit)) runs.push(await runAnswer(pool, run))
  return found.length > limit ? { runs, next: runs.at(-1)!.businessDate } : { runs }
}

/** 交易清算查询: newest first, every version. */
export async function listFiles(pool: Pool, query: ClearingFileQuery): Promise<ClearingFilePage> {
  const { from, to, kind, clearingSystem, state, name, after, limit } = query
  const found = await readFiles(
    pool,
    `WHERE ($1::date IS NULL OR f.business_date >= $1) AND ($2::date IS NULL OR f.business_date <= $2) AND ($3::text IS NULL OR f.kind = $3)
       AND ($4::text IS NULL OR split_part(f.clearing_system, '@', 1) = $4) AND ($5::text IS NULL OR f.state = $5) AND ($6::bigint IS NULL OR f.id < $6)
       AND ($7::text IS NULL OR f.name = $7)
     ORDER BY f.id DESC LIMIT $8`,
    [
      from ?? null,
      to ?? null,
      kind ?? null,
      clearingSystem ?? null,
      state ?? null,
      after ?? null,
      name ?? null,
      limit + 1,
    ],
  )
  const files = found.slice(0, limit).map(fileAnswer)
  return found.length > limit ? { files, next: String(files.at(-1)!.id) } : { files }
}

export async function listSettlements(pool: Pool, query: MerchantSettlementQuery): Promise<MerchantSettlementPage> {
  const { rows } = await pool.query<MerchantSettlementPage['settlements'][number] & { key: string }>(
    `SELECT settlement_date::text AS "settlementDate", merchant AS key, split_part(merchant, '@', 1) AS merchant, ${SETTLED_CURRENCY} AS currency, due_fen::float8 AS due, carried_in_fen::float8 AS "carriedIn",
       payout_fen::float8 AS payout, carried_out_fen::float8 AS "carriedOut"
     FROM merchant_settlement s WHERE settlement_date = $1 AND ($2::text IS NULL OR split_part(merchant, '@', 1) = $2) AND s.merchant > $3
     ORDER BY s.merchant LIMIT $4`,
    [query.date, query.merchant ?? null, query.after ?? '', query.limit + 1],
  )
  const settlements = rows.slice(0, query.limit).map(({ key: _, ...settlement }) => settlement)
  return rows.length > query.limit ? { settlements, next: rows[query.limit - 1]!.key } : { settlements }
}

export async function readSystem(pool: Pool, code: string): Promise<ClearingSystemAnswer> {
  const { rows } = await pool.query<Omit<ClearingSystemAnswer, 'updatedAt'> & { updatedAt: Date }>(
    `SELECT code, name, layouts, updated_at AS "updatedAt" FROM clearing_system WHERE code = $1`,
    [code],
  )
  if (!rows[0]) throw new LijianError('not_found', `There is no clearing system ${code}`)
  return { ...rows[0], updatedAt: rows[0].updatedAt.toISOString() }
}
