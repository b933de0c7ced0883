import { createHash } from 'node:crypto'
import type {
  ReportKind,
  ReportRequest,
  ReportRunAnswer,
  ReportRunPage,
  ReportRunQuery,
} from '@lijian/contracts/finance'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { inTransaction, LOCKS, pageOf } from '@lijian/database'
import type { ClientBase, Pool } from 'pg'
import { addDeliveries } from './deliveries'
import { answerOf, RUN, type RunRow } from './run-row'

/** Tells who makes reports that one is waiting; a sweep finds it as well. */
export const RUN_CHANNEL = 'report_run'

/** The same report of dates that still change is not made again within this time. */
const FRESH_MS = 5 * 60_000

/** What this package must know of a kind of report; libs/finance/reports has it. */
export interface RunRule {
  /** Counts changes of the definition: what was made by another one is another report. */
  version: number
  /** books: of sealed dates it never changes. live: it shows what may change at any time. */
  basis: 'books' | 'live'
}

export interface Asked {
  actor: string
  /** A schedule, and the time that it meant: asked for again, it is the same run, whatever became of it. */
  schedule?: string
  scheduledAt?: Date
  /** Names of targets that get the file once it is made. */
  deliverTo?: readonly string[]
}

/** Reports that were asked for. PostgreSQL is the truth about them: what is written here is made, whatever becomes of the queue. */
export class ReportRuns {
  constructor(
    private readonly pool: Pool,
    private readonly ruleOf: (kind: ReportKind) => RunRule,
  ) {}

  /** The same request about the same state of the books is one run, also when it comes twice at once. */
  async request(
    request: ReportRequest,
    { actor, schedule, scheduledAt, deliverTo = [] }: Asked,
  ): Promise<ReportRunAnswer> {
    const rule = this.ruleOf(request.kind)
    const hash = createHash('sha256')
      .update(canonicalJson({ ...request, version: rule.version }))
      .digest('hex')
    return inTransaction(this.pool, async (db) => {
      const sentTo = async (run: RunRow) => {
        if (deliverTo.length === 0) return answerOf(run)
        await addDeliveries(db, run.id, { targets: deliverTo, schedule })
        const { rows } = await db.query<RunRow>(`SELECT ${RUN} FROM report_run WHERE id = $1`, [run.id])
        return answerOf(rows[0]!)
      }
      await db.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [LOCKS.reportRequest, hash])
      const own = await db.query<RunRow>(`SELECT ${RUN} FROM report_run WHERE schedule = $1 AND scheduled_at = $2`, [
        schedule ?? null,
        scheduledAt ?? null,
      ])
      if (own.rows[0]) return sentTo(own.rows[0])
      const sealed = rule.basis === 'books' && (await isSealed(db, request.parameters.to))
      const there = await db.query<RunRow>(
        `SELECT ${RUN} FROM report_run WHERE request_hash = $1 AND state IN ('queued', 'running', 'done') AND NOT cancel_requested
           AND (CASE WHEN $2 THEN data_version = 'sealed' ELSE $4 AND requested_at > now() - $3 * interval '1 ms' END) ORDER BY id DESC LIMIT 1`,
        // A run of open dates that somebody else asked for would not be found again by this time of a schedule.
        [hash, sealed, FRESH_MS, scheduledAt === undefined],
      )
      if (there.rows[0]) return sentTo(there.rows[0])
      const { kind, parameters, section, format, language, encoding } = request
      const made = await db.query<RunRow>(
        `INSERT INTO report_run (kind, parameters, section, format, language, encoding, request_hash, data_version, requested_by, schedule, scheduled_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $8 THEN 'sealed' ELSE 'open ' || clock_timestamp()::text END, $9, $10, $11) RETURNING ${RUN}`,
        [
          kind,
          JSON.stringify(parameters),
          section ?? null,
          format,
          language,
          encoding,
          hash,
          sealed,
          actor,
          schedule ?? null,
          scheduledAt ?? null,
        ],
      )
      await db.query('SELECT pg_notify($1, $2)', [RUN_CHANNEL, String(made.rows[0]!.id)])
      return sentTo(made.rows[0]!)
    })
  }

  /** Is a report of these dates about books that are not sealed yet? */
  async waitsForSeal(kind: ReportKind, to: string): Promise<boolean> {
    return this.ruleOf(kind).basis === 'books' && !(await isSealed(this.pool, to))
  }

  async read(id: number): Promise<ReportRunAnswer> {
    const { rows } = await this.pool.query<RunRow>(`SELECT ${RUN} FROM report_run WHERE id = $1`, [id])
    if (!rows[0]) throw notFound(id)
    return answerOf(rows[0])
  }

  /** Newest first; `kinds`: those that the asker may see. */
  async list(query: ReportRunQuery, kinds: readonly ReportKind[]): Promise<ReportRunPage> {
    const { kind, state, sha256, after, limit } = query
    const { rows } = await this.pool.query<RunRow>(
      `SELECT ${RUN} FROM report_run WHERE kind = ANY ($1) AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR state = $3)
         AND ($4::text IS NULL OR sha256 BETWEEN $4 AND $4 || 'g' OR check_code BETWEEN $4 AND $4 || 'g') AND ($5::bigint IS NULL OR id < $5) ORDER BY id DESC LIMIT $6`,
      [kinds, kind ?? null, state ?? null, sha256 ?? null, after ?? null, limit + 1],
    )
    const { rows: runs, ...page } = pageOf(rows.map(answerOf), limit, ({ id }) => String(id))
    return { runs, ...page }
  }

  /**
   * What waits ends at once; what runs is told to end and does within about a second. Again: the same. From here on the run is nobody's report:
   * whoever asks for the same gets another one.
   */
  async cancel(id: number): Promise<ReportRunAnswer> {
    const { rows } = await this.pool.query<RunRow>(
      `UPDATE report_run SET cancel_requested = true, data_version = 'cancelled ' || id, state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END,
         finished_at = CASE state WHEN 'queued' THEN now() ELSE finished_at END
       WHERE id = $1 AND state IN ('queued', 'running') RETURNING ${RUN}`,
      [id],
    )
    if (rows[0]) return answerOf(rows[0])
    const run = await this.read(id)
    if (run.state === 'cancelled') return run
    throw new LijianError('state_conflict', `Report ${id} is ${run.state}: there is nothing to cancel`, {
      state: run.state,
    })
  }
}

export const notFound = (id: number) => new LijianError('not_found', `There is no report run ${id}`)

async function isSealed(db: Pick<ClientBase, 'query'>, date: string): Promise<boolean> {
  const { rows } = await db.query<{ sealed: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM journal_seal WHERE business_date >= $1::date) AS sealed',
    [date],
  )
  return rows[0]!.sealed
}
