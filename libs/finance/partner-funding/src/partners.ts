import { zoneClock } from '@lijian/calendar'
import { present } from '@lijian/contracts/system'
import type { FundingWarning, PartnerAnswer, PartnerLine, PartnerPage } from '@lijian/contracts/finance'
import type { StoredAccount } from '@lijian/database'
import { fundsKey } from '@lijian/limits'
import type { Sealer } from '@lijian/privacy'
import type { Pool } from 'pg'
import { forecast } from './forecast'
import { unknownPartner } from './funds'
import { PartnerSecrets } from './partner-secrets'
import { Spending } from './spending'
import { fundingWarnings } from './warnings'

export interface PartnersOptions {
  /** Of the institution: the forecast's day. */
  timeZone: string
  /** Account numbers and contacts are stored sealed. */
  sealer: Sealer
  now?: () => number
}

/** Partners as they stand. They and their money change by proposals alone. */
export class Partners {
  private readonly spending: Spending
  private readonly secrets: PartnerSecrets
  private readonly now: () => number

  constructor(
    private readonly pool: Pool,
    private readonly options: PartnersOptions,
  ) {
    this.spending = new Spending(pool, options.timeZone)
    this.secrets = new PartnerSecrets(options.sealer)
    this.now = options.now ?? Date.now
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
      contacts: this.secrets.contactsOf(code, row.contacts),
      ...(row.deposit_account ? { depositAccount: this.secrets.shown(code, 'deposit', row.deposit_account) } : {}),
      ...(row.payout_account ? { payoutAccount: this.secrets.shown(code, 'payout', row.payout_account) } : {}),
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
  /** `branches`: of these; undefined: of all. */
  async list({ after = '', limit, branches }: PartnerListAsk): Promise<PartnerPage> {
    const { rows } = await this.pool.query<Row>(
      `${ROWS} WHERE p.code > $2 AND ($4::text[] IS NULL OR p.branch = ANY ($4)) ORDER BY p.code LIMIT $3`,
      [...[PREFIX, after, limit + 1, branches ?? null]],
    )
    const partners = rows.slice(0, limit).map(lineOf)
    return rows.length > limit ? { partners, next: partners.at(-1)!.code } : { partners }
  }

  async warnings(branches?: readonly string[]): Promise<{ warnings: FundingWarning[] }> {
    const { rows } = await this.pool.query<Row>(
      `${ROWS} WHERE p.status <> 'closed' AND ($2::text[] IS NULL OR p.branch = ANY ($2)) ORDER BY p.code`,
      [PREFIX, branches ?? null],
    )
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
}

interface PartnerListAsk {
  after?: string
  limit: number
  branches?: readonly string[] | undefined
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
