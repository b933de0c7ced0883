import { openCasesOf, remindOwners } from '@lijian/cases'
import type {
  BreakClass,
  ReconciliationBreakPage,
  ReconciliationBreakQuery,
  ReconciliationRun,
  ReconciliationRuns,
} from '@lijian/contracts/finance'
import { inTransaction, withoutNulls, type BusinessDayRule } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { reconciliationCases } from './case-kinds'
import type { BillLayouts } from './layouts'

export interface RunOptions {
  /** After how many days what differs counts as a case (T+3). */
  bufferDays: number
  /** Business date of now; absent: by the database's clock. */
  today?: string
}

interface Source {
  source: string
  scope: string
  basis: string
  layouts: string[]
}

const DAY_MS = 86_400_000
export const daysAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)

/** Matches what has been imported for a business date with our books, source by source. */
export class DayRuns {
  constructor(
    private readonly pool: Pool,
    private readonly layouts: BillLayouts,
    private readonly day: BusinessDayRule,
    private readonly options: RunOptions,
  ) {}

  /** Safe to repeat: it counts anew, and opens a case once. `today`: business date that decides whether the buffer is over. */
  async run(date: string, today?: string): Promise<ReconciliationRuns> {
    const counts = (today ?? this.options.today ?? (await this.today())) >= this.countsOn(date)
    let casesOpened = counts ? await this.missingLists(date) : 0
    for (const source of await this.sources(date)) {
      const covers = await this.covers(source)
      casesOpened += await inTransaction(this.pool, async (db) => {
        await db.query('SELECT reconcile_day($1, $2, $3, $4, $5)', [
          source.source,
          source.scope,
          source.basis,
          date,
          covers,
        ])
        return counts ? openCases(db, source, date) : 0
      })
    }
    return { ...(await this.list(date)), casesOpened }
  }

  async list(date: string): Promise<ReconciliationRuns> {
    const { rows } = await this.pool.query<RunRow>(
      `SELECT source, scope, business_date::text AS date, basis, lines, books, matched_lines AS "matchedLines", matched_books AS "matchedBooks",
         outside_lines AS "outsideLines", matched_fen AS "matchedAmount", classes, state, ran_at AS "ranAt"
       FROM reconciliation_run WHERE business_date = $1 ORDER BY source, scope`,
      [date],
    )
    return { runs: rows.map((row) => this.answer(row)) }
  }

  async breaks({ date, source, class: of, after, limit }: ReconciliationBreakQuery): Promise<ReconciliationBreakPage> {
    const { rows } = await this.pool.query<BreakRow>(
      `SELECT id, source, business_date::text AS date, class, client, serial, act, merchant, our_state AS "ourState", ours_fen AS ours, theirs_fen AS theirs,
         ours_discount_fen AS "oursDiscount", theirs_discount_fen AS "theirsDiscount", cash_fen AS cash, file_id AS file, line_no AS line
       FROM reconciliation_break
       WHERE business_date = $1 AND ($2::text IS NULL OR source = $2) AND ($3::text IS NULL OR class = $3) AND id > $4 ORDER BY id LIMIT $5`,
      [date, source ?? null, of ?? null, after ?? '0', limit + 1],
    )
    const breaks = rows
      .slice(0, limit)
      .map((row) => withoutNulls(row, NUMBERS) as ReconciliationBreakPage['breaks'][number])
    return rows.length > limit ? { breaks, next: String(breaks.at(-1)!.id) } : { breaks }
  }

  /** Whether what differs on this date counts as cases by now. */
  async isCounted(date: string): Promise<boolean> {
    return (this.options.today ?? (await this.today())) >= this.countsOn(date)
  }

  countsOn(date: string): string {
    return daysAfter(date, this.options.bufferDays)
  }

  /** Business date before that of an instant: what is due then. */
  async dueDate(at: string): Promise<string> {
    const { rows } = await this.pool.query<{ date: string }>(
      `SELECT (((($3::timestamptz AT TIME ZONE $1) + (interval '24 hours' - $2::interval))::date) - 1)::text AS date`,
      [this.day.timeZone, this.day.cutOff, at],
    )
    return rows[0]!.date
  }

  /** Open cases of a date by owner (`-`: nobody); that they were reminded is kept with each. */
  async remind(date: string): Promise<Record<string, number>> {
    return remindOwners(this.pool, date)
  }

  /** Open cases of a business date. */
  async openCount(date: string): Promise<number> {
    return openCasesOf(this.pool, date)
  }

  /** Whoever has sent lists and sends none for a date on which we have posted: that is a case too. */
  private async missingLists(date: string): Promise<number> {
    return reconciliationCases.openFrom(this.pool, {
      columns: ['business_date', 'amount_fen', 'discount_fen'],
      // Yen and fen are never added: a case for each currency, which stands in its key.
      select: `SELECT 'list_missing', j.client, $1::date::text || coalesce('@' || (j.detail ->> 'currency'), ''), $1::date, sum((j.detail ->> 'amountFen')::bigint), sum((j.detail ->> 'discountFen')::bigint)
        FROM journal j
        WHERE j.business_date = $1 AND j.event = 'capture'
          AND EXISTS (SELECT 1 FROM bill_file f WHERE f.scope = j.client AND f.basis = 'transactions' AND f.state = 'accepted')
          AND NOT EXISTS (SELECT 1 FROM bill_file f WHERE f.scope = j.client AND f.basis = 'transactions' AND f.state = 'accepted' AND f.business_date = $1)
        GROUP BY j.client, j.detail ->> 'currency'`,
      values: [date],
    })
  }

  private async today(): Promise<string> {
    const { rows } = await this.pool.query<{ today: string }>(
      `SELECT ((clock_timestamp() AT TIME ZONE $1) + (interval '24 hours' - $2::interval))::date::text AS today`,
      [this.day.timeZone, this.day.cutOff],
    )
    return rows[0]!.today
  }

  private async sources(date: string): Promise<Source[]> {
    const { rows } = await this.pool.query<Source>(
      `SELECT source, scope, min(basis) AS basis, array_agg(DISTINCT layout) AS layouts FROM bill_file
       WHERE business_date = $1 AND state = 'accepted' AND basis <> 'account' GROUP BY source, scope ORDER BY source, scope`,
      [date],
    )
    return rows
  }

  private async covers({ layouts }: Source): Promise<string[]> {
    const found = await Promise.all(layouts.map((code) => this.layouts.read(code)))
    return [...new Set(found.flatMap(({ covers = [] }) => covers))]
  }

  private answer({
    scope,
    lines,
    books,
    matchedLines,
    matchedBooks,
    outsideLines,
    matchedAmount,
    ranAt,
    ...row
  }: RunRow): ReconciliationRun {
    return {
      ...row,
      client: /^[@*]/.test(scope) ? undefined : scope,
      lines: Number(lines),
      books: Number(books),
      matchedLines: Number(matchedLines),
      matchedBooks: Number(matchedBooks),
      outsideLines: Number(outsideLines),
      matchedAmount: Number(matchedAmount),
      countsOn: this.countsOn(row.date),
      ranAt: ranAt.toISOString(),
    }
  }
}

/** Each difference becomes one case, whichever source or run has seen it first. */
async function openCases(db: PoolClient, { source, scope }: Source, date: string): Promise<number> {
  const opened = await reconciliationCases.openFrom(db, {
    columns: [
      ...['merchant', 'amount_fen', 'discount_fen', 'source', 'business_date', 'our_state', 'ours_fen', 'theirs_fen'],
      ...['cash_fen', 'file_id', 'line_no'],
    ],
    select: `SELECT class, client, serial, merchant, coalesce(ours_fen, theirs_fen), coalesce(ours_discount_fen, theirs_discount_fen), source, business_date, our_state,
       -- Where the gross amounts agree, the discounts are what differs.
       CASE WHEN class = 'amount_differs' AND ours_fen = theirs_fen THEN ours_discount_fen ELSE ours_fen END,
       CASE WHEN class = 'amount_differs' AND ours_fen = theirs_fen THEN theirs_discount_fen ELSE theirs_fen END,
       cash_fen, file_id, line_no
     FROM reconciliation_break WHERE source = $1 AND scope = $2 AND business_date = $3 ORDER BY id`,
    values: [source, scope, date],
  })
  await db.query(
    `UPDATE reconciliation_run SET state = 'counted' WHERE source = $1 AND scope = $2 AND business_date = $3`,
    [source, scope, date],
  )
  return opened
}

interface RunRow extends Pick<ReconciliationRun, 'source' | 'date' | 'basis' | 'state'> {
  scope: string
  lines: string
  books: string
  matchedLines: string
  matchedBooks: string
  outsideLines: string
  matchedAmount: string
  classes: Partial<Record<BreakClass, { count: number; lines: number; books: number }>>
  ranAt: Date
}

type BreakRow = Record<string, unknown>
const NUMBERS = new Set(['id', 'ours', 'theirs', 'oursDiscount', 'theirsDiscount', 'cash', 'file', 'line'])
