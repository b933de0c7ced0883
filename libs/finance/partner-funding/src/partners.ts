import { zoneClock } from '@lijian/calendar'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { LijianError, present } from '@lijian/contracts/system'
import { readable } from '@lijian/contracts/text'
import type {
  AccountAnswer,
  AccountRequest,
  FundingWarning,
  PartnerAnswer,
  PartnerLine,
  PartnerPage,
  PartnerRequest,
} from '@lijian/contracts/finance'
import { inTransaction, type StoredAccount } from '@lijian/database'
import { fundsKey } from '@lijian/limits'
import { maskAccount, type Sealer } from '@lijian/privacy'
import type { Pool, PoolClient } from 'pg'
import { forecast } from './forecast'
import { lockFunds, unknownPartner } from './funds'
import { Spending } from './spending'
import { fundingWarnings } from './warnings'

export interface PartnersOptions {
  /** Of the institution: the forecast's day. */
  timeZone: string
  /** Account numbers and contacts are stored sealed. */
  sealer: Sealer
  now?: () => number
}

type Which = 'deposit' | 'payout'

/** Partners as documents; their money moves by proposals alone. */
export class Partners {
  private readonly spending: Spending
  private readonly now: () => number

  constructor(
    private readonly pool: Pool,
    private readonly options: PartnersOptions,
  ) {
    this.spending = new Spending(pool, options.timeZone)
    this.now = options.now ?? Date.now
  }

  async put(code: string, request: PartnerRequest): Promise<PartnerAnswer> {
    await inTransaction(this.pool, async (db) => {
      const made = await db.query(
        `INSERT INTO partner (code, name, currency) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
        [code, request.name, request.currency ?? DEFAULT_CURRENCY],
      )
      if (made.rowCount === 1) await mustFitCampaigns(db, code, request.currency ?? DEFAULT_CURRENCY)
      const { rows } = await db.query<Row>(`SELECT * FROM partner WHERE code = $1 FOR UPDATE`, [code])
      const stored = rows[0]!
      if (request.currency !== undefined && request.currency !== stored.currency)
        throw new LijianError(
          'state_conflict',
          `Partner ${code} is in ${stored.currency}, not in ${request.currency}: its currency is fixed, give the other account its own code`,
        )
      if (request.status === 'closed' && stored.status !== 'closed') await mayClose(db, code)
      const deposit = this.account(code, 'deposit', request.depositAccount, stored.deposit_account)
      const payout = this.account(code, 'payout', request.payoutAccount, stored.payout_account)
      const changed = deposit !== stored.deposit_account || payout !== stored.payout_account
      const contacts =
        request.contacts.length === 0 ? null : this.seal(JSON.stringify(request.contacts), `partner/${code}/contacts`)
      await db.query(
        `UPDATE partner SET name = $2, kind = $3, payment_mode = $4, status = $5, contacts = $6, deposit_account = $7, payout_account = $8,
           accounts_version = accounts_version + $9, warn_below_fen = $10, warn_below_ppm = $11, updated_at = now() WHERE code = $1`,
        [
          code,
          request.name,
          request.kind,
          request.paymentMode,
          request.status,
          contacts,
          deposit && JSON.stringify(deposit),
          payout && JSON.stringify(payout),
          changed ? 1 : 0,
          request.warnBelow?.amount ?? null,
          request.warnBelow?.ppm ?? null,
        ],
      )
    })
    return this.read(code)
  }

  async read(code: string): Promise<PartnerAnswer> {
    const { rows } = await this.pool.query<Row>(`${ROWS} WHERE p.code = $2`, [PREFIX, code])
    const row = rows[0]
    if (!row) throw unknownPartner(code)
    const line = lineOf(row)
    const { warnings, prediction, instantOf } = await this.look(row, line)
    const warnBelow = {
      ...(row.warn_below_fen === null ? {} : { amount: Number(row.warn_below_fen) }),
      ...(row.warn_below_ppm === null ? {} : { ppm: row.warn_below_ppm }),
    }
    return {
      ...line,
      paidIn: Number(row.funded_fen),
      contacts: row.contacts ? JSON.parse(this.open(row.contacts, `partner/${code}/contacts`)) : [],
      ...(row.deposit_account ? { depositAccount: this.shown(code, 'deposit', row.deposit_account) } : {}),
      ...(row.payout_account ? { payoutAccount: this.shown(code, 'payout', row.payout_account) } : {}),
      ...(Object.keys(warnBelow).length > 0 ? { warnBelow } : {}),
      ...(prediction
        ? {
            forecast: {
              spentToday: prediction.spentTodayFen,
              expectedToday: prediction.expectedTodayFen,
              ...(prediction.endsAtMinute === undefined ? {} : { endsAt: instantOf(prediction.endsAtMinute) }),
              ...present({ daysLeft: prediction.daysLeft }),
            },
          }
        : {}),
      warnings,
    }
  }

  /** Without contacts and accounts. */
  async list({ after = '', limit }: { after?: string; limit: number }): Promise<PartnerPage> {
    const { rows } = await this.pool.query<Row>(`${ROWS} WHERE p.code > $2 ORDER BY p.code LIMIT $3`, [
      PREFIX,
      after,
      limit + 1,
    ])
    const partners = rows.slice(0, limit).map(lineOf)
    return rows.length > limit ? { partners, next: partners.at(-1)!.code } : { partners }
  }

  async warnings(): Promise<{ warnings: FundingWarning[] }> {
    const { rows } = await this.pool.query<Row>(`${ROWS} WHERE p.status <> 'closed' ORDER BY p.code`, [PREFIX])
    const warnings: FundingWarning[] = []
    for (const row of rows) warnings.push(...(await this.look(row, lineOf(row))).warnings)
    return { warnings }
  }

  private async look(row: Row, line: PartnerLine) {
    const nowMs = this.now()
    const clock = zoneClock(this.options.timeZone)
    const { day } = clock.at(nowMs)
    const instantOf = (minute: number) => new Date(clock.startOfDay(day) + minute * 60_000).toISOString()
    const isPrepaid = Number(row.funded_fen) > 0 || line.creditLine > 0
    const prediction = isPrepaid
      ? forecast({ ...(await this.spending.of(line.code, nowMs)), availableFen: line.available })
      : undefined
    const { warn_below_fen, warn_below_ppm } = row
    const warnings = fundingWarnings({
      line,
      paidInFen: Number(row.funded_fen),
      warnBelowFen: warn_below_fen === null ? null : Number(warn_below_fen),
      warnBelowPpm: warn_below_ppm,
      forecast: prediction,
      instantOf,
    })
    return { warnings, prediction, instantOf }
  }

  /** The same object again when nothing changes. */
  private account(
    code: string,
    which: Which,
    request: AccountRequest | undefined,
    stored: StoredAccount | null,
  ): StoredAccount | null {
    if (!request) return null
    const before = stored && this.opened(code, which, stored)
    const number = request.number ?? before?.number
    if (number === undefined)
      throw new LijianError('invalid_request', undefined, {
        errors: [{ path: `${which}Account.number`, message: 'expected an account number: none is stored' }],
      })
    const { bank, holder } = request
    if (stored && before && stored.bank === bank && before.holder === holder && before.number === number) return stored
    const sealed = this.seal(JSON.stringify({ holder, number }), `partner/${code}/${which}`).toString('base64')
    return { bank, last4: number.slice(-4), sealed }
  }

  private shown(code: string, which: Which, stored: StoredAccount): AccountAnswer {
    const { holder, number } = this.opened(code, which, stored)
    return { bank: stored.bank, holder, number: maskAccount(number) }
  }

  private opened(code: string, which: Which, { sealed }: StoredAccount): { holder: string; number: string } {
    return JSON.parse(this.open(Buffer.from(sealed, 'base64'), `partner/${code}/${which}`)) as {
      holder: string
      number: string
    }
  }

  private seal(text: string, place: string): Buffer {
    return this.options.sealer.seal(text, place)
  }

  private open(sealed: Buffer, place: string): string {
    return this.options.sealer.open(sealed, place)
  }
}

interface Row {
  code: string
  name: string
  kind: PartnerLine['kind']
  payment_mode: PartnerLine['paymentMode']
  status: PartnerLine['status']
  currency: string
  credit_line_fen: string
  funded_fen: string
  contacts: Buffer | null
  deposit_account: StoredAccount | null
  payout_account: StoredAccount | null
  warn_below_fen: string | null
  warn_below_ppm: number | null
  held: string
  used: string
}

const PREFIX = fundsKey('%')
const ROWS = `SELECT p.*, coalesce(c.held_fen, 0) AS held, coalesce(c.used_fen, 0) AS used
  FROM partner p LEFT JOIN counter c ON c.key = replace($1, '%', p.code)`

function lineOf(row: Row): PartnerLine {
  const [creditLine, held, used] = [row.credit_line_fen, row.held, row.used].map(Number) as [number, number, number]
  const balance = Number(row.funded_fen) - used
  return {
    code: row.code,
    name: row.name,
    kind: row.kind,
    paymentMode: row.payment_mode,
    currency: row.currency,
    status: row.status,
    balance,
    creditLine,
    held,
    used,
    available: balance + creditLine - held,
  }
}

async function mayClose(db: PoolClient, code: string): Promise<void> {
  const { fundedFen, usedFen, heldFen, creditLineFen } = await lockFunds(db, code)
  if (fundedFen === usedFen && heldFen === 0 && creditLineFen === 0) return
  throw new LijianError(
    'state_conflict',
    `Partner ${code} still has a balance of ${fundedFen - usedFen} fen, ${heldFen} held and a credit line of ${creditLineFen}`,
  )
}

/**
 * A partner may be promised in before it has a document; it was CNY then. The approval of a campaign locks the table, so that neither passes the
 * other unseen.
 */
async function mustFitCampaigns(db: PoolClient, code: string, currency: string): Promise<void> {
  const { rows } = await db.query<{ code: string; currency: string }>(
    `SELECT v.code, coalesce(v.document ->> 'currency', 'CNY') AS currency FROM (SELECT code, state, ${readable('document')} AS document FROM campaign_version) v
     WHERE v.state = 'approved' AND coalesce(v.document ->> 'currency', 'CNY') <> $2 AND (
       EXISTS (SELECT FROM json_array_elements(v.document -> 'funders') f WHERE f ->> 'partner' = $1) OR EXISTS (
         SELECT FROM json_array_elements(v.document -> 'offers') o, json_array_elements(coalesce(o -> 'funders', '[]')) f WHERE f ->> 'partner' = $1))
     LIMIT 1`,
    [code, currency],
  )
  if (rows[0])
    throw new LijianError(
      'state_conflict',
      `Partner ${code} would be in ${currency}, and campaign ${rows[0].code}, which it funds, is in ${rows[0].currency}: give the partner another code`,
    )
}
