import { CLEARED_EVENTS, FileFault, LayoutReader, type FileRow } from '@lijian/clearing-files'
import type { ClearingKind } from '@lijian/contracts/finance'
import { currencyOfKey } from '@lijian/contracts/money'
import { readThrough, stagedPath } from './file-writer'
import type { Reader, StoredFile } from './rows'

export interface FileSums {
  rows: number
  settleFen: number
}

/** What stands in a staged file, read line by line; a fault or another hash than it was written with is an answer, not an error. */
export async function sumsOfFile(
  dir: string,
  file: StoredFile,
  onProgress: () => void,
  signal?: AbortSignal,
): Promise<FileSums | { fault: string }> {
  const sums = { rows: 0, settleFen: 0 }
  const field = file.kind === 'settlement' ? 'payout' : 'settle'
  const add = (row: FileRow) => {
    sums.rows++
    sums.settleFen += row[field] as number
  }
  const reader = new LayoutReader(file.layout, add, new Set([field, 'event']), currencyOfKey(file.clearingSystem))
  try {
    const sha256 = await readThrough(
      stagedPath(dir, file),
      (piece) => {
        onProgress()
        reader.push(piece)
      },
      signal,
    )
    if (sha256 !== file.sha256) return { fault: 'it is not the file that was written' }
    reader.end()
    return sums
  } catch (error) {
    if (error instanceof FileFault) return { fault: error.message }
    if (isMissing(error)) return { fault: 'it is not there' }
    throw error
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/**
 * What the ledger says of one date, by clearing system and kind: what was booked for merchants, for fee income and for rebates (docs/reference/postings.md).
 * A rebate's part that the merchant bears is taken from what the merchant gets; it is no discount, and is left out of the first.
 */
export async function ledgerSums(db: Reader, businessDate: string): Promise<Map<string, number>> {
  const { rows } = await db.query<Record<ClearingKind, number> & { clearingSystem: string }>(
    `SELECT coalesce(j.clearing_system, 'main') AS "clearingSystem",
       (-sum(b.merchant) + sum(CASE WHEN b.rebate <> 0 THEN
         CASE WHEN j.event = 'capture' THEN 1 ELSE -1 END * (
           SELECT coalesce(sum((f->>'amountFen')::bigint), 0)
           FROM jsonb_array_elements(j.detail->'offers') o, jsonb_array_elements(o->'funders') f
           WHERE o->>'kind' = 'amount' AND o->>'delivery' = 'rebate' AND f->>'partner' = '@merchant') ELSE 0 END))::float8 AS amount,
       (-sum(b.fee))::float8 AS fee, (-sum(b.rebate))::float8 AS rebate
     FROM journal j CROSS JOIN LATERAL (
       SELECT coalesce(sum(a) FILTER (WHERE account LIKE 'merchant-discount/%'), 0) AS merchant,
         coalesce(sum(a) FILTER (WHERE account LIKE 'fee-forgone/%'), 0) AS fee,
         coalesce(sum(a) FILTER (WHERE split_part(account, '@', 1) = 'rebates-payable'), 0) AS rebate
       FROM unnest(j.accounts, j.amounts_fen) p (account, a)) b
     WHERE j.business_date = $1 AND j.event IN ${CLEARED_EVENTS} GROUP BY 1`,
    [businessDate],
  )
  return new Map(
    rows.flatMap(({ clearingSystem, ...sums }) =>
      Object.entries(sums).map(([kind, fen]) => [`${clearingSystem}/${kind}`, fen] as const),
    ),
  )
}

/** What does not agree, in words; empty: all of it agrees. */
export function differencesOf(file: StoredFile, found: FileSums | { fault: string }, ledgerFen: number): string[] {
  if ('fault' in found) return [`${file.name}: ${found.fault}`]
  const wrong: string[] = []
  if (found.rows !== file.rows) wrong.push(`${file.name}: ${found.rows} rows, ${file.rows} were planned`)
  if (found.settleFen !== ledgerFen)
    wrong.push(`${file.name}: its rows add up to ${found.settleFen} fen, the ledger has ${ledgerFen}`)
  else if (file.settleFen !== ledgerFen)
    wrong.push(`${file.name}: its trailer says ${file.settleFen} fen, the ledger has ${ledgerFen}`)
  return wrong
}
