import { present } from '@lijian/contracts/system'
import type { CycleAnswer, FundingCycle } from '@lijian/contracts/finance'

export interface PrepaidFigures {
  openingFen: number
  paidInFen: number
  paidBackFen: number
  spentFen: number
  returnedFen: number
  otherFen: number
  closingFen: number
  low: boolean
}

export interface CycleLine {
  campaign: string
  offer: string
  name: string
  paymentMode: 'prepay' | 'postpay'
  count: number
  chargedFen: number
  returnedFen: number
}

export interface Dispute {
  serial: string
  amountFen: number
  reason: string
  state: 'open' | 'accepted' | 'dropped'
}

export interface CycleRow {
  id: number
  partner: string
  /** The partner's: of every amount. */
  currency: string
  cycle: FundingCycle
  /** Where the cycle is the campaign's end, else empty. */
  campaign: string
  period: string
  from: string
  to: string
  campaigns: string[]
  state: CycleAnswer['state']
  version: number
  openingFen: number
  chargedFen: number
  returnedFen: number
  collectedFen: number
  adjustedFen: number
  closingFen: number
  carriedFen: number
  dueFen: number
  paidFen: number
  waivedFen: number
  prepaid: PrepaidFigures | null
  lines: CycleLine[]
  disputes: Dispute[]
  statementRows: number
  statementSha256: string
  issuedAt: Date
  confirmedAt: Date | null
  confirmedBy: string | null
  closedAt: Date | null
}

export const CYCLE_COLUMNS = `id::float8 AS id, partner,
  coalesce((SELECT p.currency FROM partner p WHERE p.code = partner_cycle.partner), 'CNY') AS currency, cycle, campaign, period, from_date::text AS "from", to_date::text AS "to", campaigns, state, version,
  opening_fen::float8 AS "openingFen", charged_fen::float8 AS "chargedFen", returned_fen::float8 AS "returnedFen", collected_fen::float8 AS "collectedFen",
  adjusted_fen::float8 AS "adjustedFen", closing_fen::float8 AS "closingFen", carried_fen::float8 AS "carriedFen", due_fen::float8 AS "dueFen",
  paid_fen::float8 AS "paidFen", waived_fen::float8 AS "waivedFen", prepaid, lines, disputes, statement_rows::float8 AS "statementRows",
  statement_sha256 AS "statementSha256", issued_at AS "issuedAt", confirmed_at AS "confirmedAt", confirmed_by AS "confirmedBy", closed_at AS "closedAt"`

export const openFen = ({ dueFen, paidFen, waivedFen }: Pick<CycleRow, 'dueFen' | 'paidFen' | 'waivedFen'>): number =>
  dueFen - paidFen - waivedFen

const DAY_MS = 86_400_000
const OVERDUE_DAYS = [90, 60, 30]

export function answerOf(row: CycleRow, nowMs: number): CycleAnswer {
  const { prepaid, statementRows, statementSha256 } = row
  const ageDays = row.state === 'closed' ? undefined : Math.floor((nowMs - row.issuedAt.getTime()) / DAY_MS)
  const overdue = ageDays === undefined ? undefined : OVERDUE_DAYS.find((days) => ageDays >= days)
  return {
    id: row.id,
    partner: row.partner,
    currency: row.currency,
    cycle: row.cycle,
    period: row.period,
    from: row.from,
    to: row.to,
    campaigns: row.campaigns,
    state: row.state,
    opening: row.openingFen,
    charged: row.chargedFen,
    returned: row.returnedFen,
    collected: row.collectedFen,
    adjusted: row.adjustedFen,
    closing: row.closingFen,
    carried: row.carriedFen,
    due: row.dueFen,
    paid: row.paidFen,
    waived: row.waivedFen,
    open: openFen(row),
    ...(prepaid
      ? {
          prepaid: {
            opening: prepaid.openingFen,
            paidIn: prepaid.paidInFen,
            paidBack: prepaid.paidBackFen,
            spent: prepaid.spentFen,
            returned: prepaid.returnedFen,
            other: prepaid.otherFen,
            closing: prepaid.closingFen,
            low: prepaid.low,
          },
        }
      : {}),
    lines: row.lines.map(({ chargedFen, returnedFen, ...line }) => ({
      ...line,
      charged: chargedFen,
      returned: returnedFen,
    })),
    disputes: row.disputes.map(({ amountFen, ...dispute }) => ({ ...dispute, amount: amountFen })),
    statement: { rows: statementRows, sha256: statementSha256 },
    issuedAt: row.issuedAt.toISOString(),
    ...(row.confirmedAt === null ? {} : { confirmedAt: row.confirmedAt.toISOString() }),
    ...(row.confirmedBy === null ? {} : { confirmedBy: row.confirmedBy }),
    ...(row.closedAt === null ? {} : { closedAt: row.closedAt.toISOString() }),
    ...present({ ageDays }),
    ...present({ overdue }),
  }
}
