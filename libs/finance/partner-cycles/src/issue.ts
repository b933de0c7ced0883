import { DEFAULT_CYCLE, type FundingCycle } from '@lijian/contracts/finance'
import { LijianError } from '@lijian/contracts/system'
import { readable } from '@lijian/contracts/text'
import { inTransaction, LOCKS } from '@lijian/database'
import type { ClientBase, Pool } from 'pg'
import { tellCycle } from './event'
import { linesOf, prepaidOf, settledOf, type Stream } from './movements'
import { dayAfter, endLabel, periodLabel, periodOf, type Period } from './periods'
import { CYCLE_COLUMNS, type CycleRow } from './row'
import { checksum } from './statement'

type Db = Pick<ClientBase, 'query'>

interface Candidate extends Stream {
  /** Of its documents: the first day of any version, the last day of the newest (null: open-ended). */
  firstDay: string
  lastDay: string | null
}

/** Streams of approved documents, by who funds what in which cycle. */
const CANDIDATES = `
  WITH funded AS (
    SELECT DISTINCT v.code, v.version, f ->> 'partner' AS partner, coalesce(v.document ->> 'fundingCycle', '${DEFAULT_CYCLE}') AS cycle,
      v.document ->> 'from' AS first_day, v.document ->> 'to' AS last_day
    FROM (SELECT code, version, state, ${readable('document')} AS document FROM campaign_version) v
    CROSS JOIN LATERAL (
      SELECT f FROM json_array_elements(coalesce(v.document -> 'funders', '[]')) f
      UNION ALL
      SELECT f FROM json_array_elements(v.document -> 'offers') o, json_array_elements(coalesce(o -> 'funders', '[]')) f
    ) f
    WHERE v.state = 'approved' AND f ->> 'partner' <> '@merchant'
  )
  SELECT partner, cycle, CASE WHEN cycle = 'end' THEN code ELSE '' END AS campaign, min(first_day) AS "firstDay",
    (array_agg(last_day ORDER BY version DESC))[1] AS "lastDay"
  FROM funded WHERE ($1::text IS NULL OR partner = $1) AND ($2::text IS NULL OR code = $2)
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`

/** The last business date that is closed, and the first that anything was posted on. */
async function edges(db: Db): Promise<{ closed: string | null; first: string | null }> {
  const { rows } = await db.query<{ closed: string | null; first: string | null }>(
    'SELECT (SELECT max(business_date)::text FROM business_day) AS closed, (SELECT min(business_date)::text FROM journal) AS first',
  )
  return rows[0]!
}

/** Makes the statement of every period that is over and closed, in order; each in a transaction of its own. Returns how many. */
export async function issueDue(pool: Pool): Promise<number> {
  const { rows } = await pool.query<Candidate>(CANDIDATES, [null, null])
  let issued = 0
  for (const candidate of rows) while (await inTransaction(pool, (db) => issueNext(db, candidate))) issued++
  return issued
}

async function issueNext(db: Db, candidate: Candidate): Promise<boolean> {
  const { closed, first } = await edges(db)
  if (closed === null || first === null) return false
  const last = await lastOf(db, candidate)
  const next = nextPeriod(candidate, last, first, closed)
  if (!next || next.to > closed) return false
  if (last && candidate.cycle === 'end' && !(await moved(db, candidate, next))) return false
  await issue(db, candidate, next, last)
  return true
}

/** Nothing was posted before the first entry of all, so a stream may begin with the period of that day. */
function nextFrom(
  { cycle, firstDay }: Pick<Candidate, 'cycle' | 'firstDay'>,
  last: CycleRow | undefined,
  first: string | null,
): string {
  if (last) return dayAfter(last.to)
  if (cycle === 'end') return dayAfter(firstDay, -1)
  return periodOf(cycle, first !== null && firstDay < first ? first : firstDay).from
}

/** What is over next; undefined: nothing yet. */
function nextPeriod(
  { cycle, firstDay, lastDay }: Candidate,
  last: CycleRow | undefined,
  first: string,
  closed: string,
): Period | undefined {
  if (cycle !== 'end') {
    const from = nextFrom({ cycle, firstDay }, last, first)
    return { from, to: periodOf(cycle, from).to }
  }
  // A result may come up to a day after the payment, and the campaign's zone need not be the institution's: a day more on either side.
  if (!last)
    return lastDay === null ? undefined : { from: nextFrom({ cycle, firstDay }, last, first), to: dayAfter(lastDay) }
  // Late refunds and collections after the end: by the month, from wherever the last one ended.
  const month = periodOf('month', closed)
  const to = month.to <= closed ? month.to : dayAfter(month.from, -1)
  return to > last.to ? { from: dayAfter(last.to), to } : undefined
}

async function moved(db: Db, stream: Stream, period: Period): Promise<boolean> {
  const { collectedFen, adjustedFen } = await settledOf(db, stream, period)
  return collectedFen !== 0 || adjustedFen !== 0 || (await linesOf(db, stream, period)).length > 0
}

/** The campaign has ended early: what runs is closed with the last closed date. Of other cycles the whole stream of the partner is. */
export function issueEarly(pool: Pool, partner: string, campaign: string): Promise<CycleRow> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<Candidate>(CANDIDATES, [partner, campaign])
    const own = rows.at(-1)
    if (!own) throw new LijianError('not_found', `No approved version of campaign ${campaign} is funded by ${partner}`)
    const { rows: all } = await db.query<Candidate>(CANDIDATES, [partner, null])
    const stream = all.find(({ cycle, campaign: of }) => cycle === own.cycle && of === own.campaign)!
    // What is over anyway comes first, as it would have come by itself.
    let issued = false
    while (await issueNext(db, stream)) issued = true
    const { closed, first } = await edges(db)
    const last = await lastOf(db, stream)
    const from = nextFrom(stream, last, first)
    if (closed === null || from > closed) {
      // Issued up to the last closed date: by this, or by the same request before.
      if (last !== undefined && (issued || last.to === closed)) return last
      throw new LijianError(
        'state_conflict',
        `No business date since ${from} is closed: the statement can be made after the day's clearing`,
      )
    }
    return issue(db, stream, { from, to: closed }, last)
  })
}

async function lastOf(db: Db, { partner, cycle, campaign }: Stream): Promise<CycleRow | undefined> {
  await db.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.partnerCycles, partner])
  const { rows } = await db.query<CycleRow>(
    `SELECT ${CYCLE_COLUMNS} FROM partner_cycle WHERE partner = $1 AND cycle = $2 AND campaign = $3 ORDER BY from_date DESC LIMIT 1`,
    [partner, cycle, campaign],
  )
  return rows[0]
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
const label = ({ cycle, campaign }: { cycle: FundingCycle; campaign: string }, period: Period, isFirst: boolean) =>
  cycle === 'end' ? endLabel(campaign, period.to, isFirst) : periodLabel(cycle, period)

async function issue(
  db: Db,
  { partner, cycle, campaign }: Stream,
  period: Period,
  last: CycleRow | undefined,
): Promise<CycleRow> {
  const stream = { partner, cycle, campaign }
  const lines = await linesOf(db, stream, period)
  const postpay = lines.filter(({ paymentMode }) => paymentMode === 'postpay')
  const [chargedFen, returnedFen] = [sum(postpay.map((l) => l.chargedFen)), sum(postpay.map((l) => l.returnedFen))]
  const { collectedFen, adjustedFen } = await settledOf(db, stream, period)
  const openingFen = last?.closingFen ?? 0
  const carriedFen = last ? Math.min(0, last.chargedFen - last.returnedFen + last.carriedFen) : 0
  const dueFen = Math.max(0, chargedFen - returnedFen + carriedFen)
  const prepaid = await prepaidOf(db, partner, period, last?.prepaid?.closingFen)
  const { rows, sha256 } = await checksum(db, stream, period)
  const nothing =
    dueFen === 0 &&
    lines.length === 0 &&
    (prepaid === null || prepaid.paidInFen + prepaid.paidBackFen + prepaid.spentFen === 0)
  const { rows: made } = await db.query<CycleRow>(
    `INSERT INTO partner_cycle (partner, cycle, campaign, period, from_date, to_date, campaigns, state, opening_fen, charged_fen, returned_fen,
       collected_fen, adjusted_fen, closing_fen, carried_fen, due_fen, prepaid, lines, statement_rows, statement_sha256, closed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, CASE WHEN $8 = 'closed' THEN now() END)
     RETURNING ${CYCLE_COLUMNS}`,
    [
      ...[partner, cycle, campaign, label(stream, period, last === undefined), period.from, period.to],
      [...new Set(lines.map((l) => l.campaign))],
      nothing ? 'closed' : 'issued',
      ...[openingFen, chargedFen, returnedFen, collectedFen, adjustedFen],
      openingFen + chargedFen - returnedFen - collectedFen - adjustedFen,
      ...[carriedFen, dueFen, prepaid && JSON.stringify(prepaid), JSON.stringify(lines), rows, sha256],
    ],
  )
  // A period in which nothing happened asks nobody for anything.
  if (!nothing) await tellCycle(db, made[0]!)
  return made[0]!
}
