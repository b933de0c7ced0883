import { AMOUNT_FEN_MAX, LijianError } from '@lijian/contracts/system'
import { PARTNER_STATUSES } from '@lijian/contracts/finance'
import { fundsKey } from '@lijian/limits'
import type { ClientBase } from 'pg'

type Db = Pick<ClientBase, 'query'>

/** A prepaid balance while it is locked, in fen: what may still be spent is funded + credit line − used − held. */
export interface Funds {
  partner: string
  status: (typeof PARTNER_STATUSES)[number]
  /** Of all amounts of the partner. */
  currency: string
  fundedFen: number
  creditLineFen: number
  heldFen: number
  usedFen: number
  payoutAccount: { bank: string; last4: string } | null
  accountsVersion: number
}

/** Whose it is; undefined: it is not there yet. */
export async function branchOfPartner(db: Pick<ClientBase, 'query'>, code: string): Promise<string | undefined> {
  const { rows } = await db.query<{ branch: string }>('SELECT branch FROM partner WHERE code = $1', [code])
  return rows[0]?.branch
}

export const unknownPartner = (code: string): LijianError => new LijianError('not_found', `There is no partner ${code}`)

/**
 * Locks a partner and its counter. In this order, and both before the journal is written: admission locks counters first and asks for the
 * business date last, so that waiting stays a line and never a circle. Admission may hold the counter meanwhile: we wait for its commit.
 */
export async function lockFunds(db: Db, partner: string): Promise<Funds> {
  const { rows } = await db.query(
    `SELECT status, currency, funded_fen, credit_line_fen, payout_account, accounts_version FROM partner WHERE code = $1 FOR UPDATE`,
    [partner],
  )
  const row = rows[0]
  if (!row) throw unknownPartner(partner)
  const key = fundsKey(partner)
  const limitFen = Number(row.funded_fen) + Number(row.credit_line_fen)
  await db.query(`INSERT INTO counter (key, limit_fen, limit_version) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING`, [
    key,
    limitFen,
  ])
  const counter = await db.query(`SELECT held_fen, used_fen FROM counter WHERE key = $1 FOR UPDATE`, [key])
  return {
    partner,
    status: row.status,
    currency: row.currency,
    fundedFen: Number(row.funded_fen),
    creditLineFen: Number(row.credit_line_fen),
    heldFen: Number(counter.rows[0].held_fen),
    usedFen: Number(counter.rows[0].used_fen),
    payoutAccount: row.payout_account,
    accountsVersion: row.accounts_version,
  }
}

/** The next payment can spend it once this commits. Never below what is used and held: refused with `state_conflict`. */
export async function setFunds(
  db: Db,
  funds: Funds,
  change: { fundedFen?: number; creditLineFen?: number },
): Promise<void> {
  const { partner, usedFen, heldFen } = funds
  const { fundedFen, creditLineFen } = { ...funds, ...change }
  const limitFen = fundedFen + creditLineFen
  if (limitFen > AMOUNT_FEN_MAX)
    throw new LijianError('state_conflict', `Balance and credit line together would pass ${AMOUNT_FEN_MAX} fen`)
  if (fundedFen < 0 || limitFen < usedFen + heldFen)
    throw new LijianError(
      'state_conflict',
      `${usedFen + heldFen} fen are used or held, more than the ${limitFen} that would remain`,
    )
  await db.query(`UPDATE partner SET funded_fen = $2, credit_line_fen = $3, updated_at = now() WHERE code = $1`, [
    partner,
    fundedFen,
    creditLineFen,
  ])
  await db.query(`UPDATE counter SET limit_fen = $2 WHERE key = $1`, [fundsKey(partner), limitFen])
}
