import { createHash } from 'node:crypto'
import { repeatedOfferCodes } from '@lijian/backtest'
import type {
  BacktestReport,
  BacktestRequest,
  BacktestRunAnswer,
  BacktestRunPage,
  BacktestRunQuery,
  BacktestRunRead,
  Campaign,
} from '@lijian/contracts/marketing'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { inTransaction, pageOf } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { packedParts, type StoredLine } from './lines'
import { answerOf, RUN, type Ref, type RunRow } from './row'

/** A file that never comes is given up. */
const FILE_DAYS = 1
/** Of one person at a time: what waits is work for a process that others need too. */
const OPEN_MAX = 20

/** Back-tests over stored days or over a file, as jobs. PostgreSQL is the truth about them. */
export class BacktestRuns {
  constructor(private readonly pool: Pool) {}

  /** Throws LijianError not_found, state_conflict, serial_reused. */
  request(request: BacktestRequest, actor: string): Promise<BacktestRunAnswer> {
    const hash = createHash('sha256').update(canonicalJson(request)).digest('hex')
    return inTransaction(this.pool, async (db) => {
      const known = await db.query<RunRow>(`SELECT ${RUN} FROM backtest_run WHERE requested_by = $1 AND serial = $2`, [
        actor,
        request.serial,
      ])
      if (known.rows[0]) return sameOrThrow(known.rows[0], hash)
      const { serial, days } = request
      const campaigns = await storedRefs(db, request.campaigns)
      const against = request.against && (await storedRefs(db, request.against))
      await mustHaveRoom(db, actor)
      const made = await db.query<RunRow>(
        `INSERT INTO backtest_run (serial, requested_by, request_hash, campaigns, against, from_date, to_date, state, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $6::date IS NULL THEN 'waiting_file' ELSE 'queued' END,
           CASE WHEN $6::date IS NULL THEN now() + interval '${FILE_DAYS} day' END) ON CONFLICT (requested_by, serial) DO NOTHING RETURNING ${RUN}`,
        [
          serial,
          actor,
          hash,
          JSON.stringify(campaigns),
          against === undefined ? null : JSON.stringify(against),
          days?.from ?? null,
          days?.to ?? null,
        ],
      )
      if (made.rows[0]) return answerOf(made.rows[0])
      // The same, sent twice at once: the other one has made it.
      const other = await db.query<RunRow>(`SELECT ${RUN} FROM backtest_run WHERE requested_by = $1 AND serial = $2`, [
        actor,
        serial,
      ])
      return sameOrThrow(other.rows[0]!, hash)
    })
  }

  /** The payments of a run that waits for them: all or nothing. Throws LijianError not_found, forbidden, state_conflict. */
  async giveFile(id: number, actor: string, lines: AsyncIterable<readonly StoredLine[]>): Promise<BacktestRunAnswer> {
    return inTransaction(this.pool, async (db) => {
      const { rows } = await db.query<RunRow & { lines_hash: string | null }>(
        `SELECT ${RUN}, lines_hash FROM backtest_run WHERE id = $1 FOR UPDATE`,
        [id],
      )
      const [row] = rows
      if (row === undefined) throw unknownRun(id)
      if (row.requested_by !== actor)
        throw new LijianError('forbidden', 'The file comes from whoever asked for the run')
      if (row.state !== 'waiting_file' && row.lines_hash === null)
        throw new LijianError('state_conflict', `Back-test ${id} is ${row.state}: it waits for no file`)
      let total = 0
      let part = 0
      const hash = createHash('sha256')
      for await (const { packed, rows: count } of packedParts(lines, hash)) {
        total += count
        if (row.state === 'waiting_file')
          await db.query('INSERT INTO backtest_lines (run, part, lines) VALUES ($1, $2, $3)', [id, part++, packed])
      }
      if (total === 0) throw new LijianError('invalid_request', 'The file has no payment')
      const sha256 = hash.digest('hex')
      if (row.lines_hash === sha256) return answerOf(row)
      if (row.lines_hash !== null)
        throw new LijianError('state_conflict', `Back-test ${id} has another file already: ask for another run`)
      const queued = await db.query<RunRow>(
        `UPDATE backtest_run SET state = 'queued', due_at = now(), lines_total = $2, lines_hash = $3, expires_at = NULL WHERE id = $1 RETURNING ${RUN}`,
        [id, total, sha256],
      )
      return answerOf(queued.rows[0]!)
    })
  }

  /** Sent again it is the run as it is. Throws LijianError not_found. */
  async cancel(id: number): Promise<BacktestRunAnswer> {
    return inTransaction(this.pool, async (db) => {
      const { rows } = await db.query<RunRow>(
        `UPDATE backtest_run SET cancel_requested = true,
           state = CASE WHEN state IN ('queued', 'waiting_file') THEN 'cancelled' ELSE state END,
           finished_at = CASE WHEN state IN ('queued', 'waiting_file') THEN now() ELSE finished_at END
         WHERE id = $1 AND state IN ('queued', 'waiting_file', 'running') RETURNING ${RUN}`,
        [id],
      )
      if (rows[0]?.state === 'cancelled') await db.query('DELETE FROM backtest_lines WHERE run = $1', [id])
      if (rows[0]) return answerOf(rows[0])
      const there = await db.query<RunRow>(`SELECT ${RUN} FROM backtest_run WHERE id = $1`, [id])
      if (there.rows[0] === undefined) throw unknownRun(id)
      return answerOf(there.rows[0])
    })
  }

  async list({ after, limit, state }: BacktestRunQuery): Promise<BacktestRunPage> {
    const { rows: found } = await this.pool.query<RunRow>(
      `SELECT ${RUN} FROM backtest_run WHERE ($1::bigint IS NULL OR id < $1) AND ($3::text IS NULL OR state = $3) ORDER BY id DESC LIMIT $2`,
      [after ?? null, limit + 1, state ?? null],
    )
    const { rows, next } = pageOf(found, limit, ({ id }) => String(id))
    return { backtests: rows.map(answerOf), next }
  }

  async read(id: number): Promise<BacktestRunRead> {
    const { rows } = await this.pool.query<RunRow & { reports: BacktestReport[] | null }>(
      `SELECT ${RUN}, reports FROM backtest_run WHERE id = $1`,
      [id],
    )
    const [row] = rows
    if (row === undefined) throw unknownRun(id)
    return { ...answerOf(row), ...(row.reports === null ? {} : { reports: row.reports }) }
  }
}

const unknownRun = (id: number) => new LijianError('not_found', `There is no back-test ${id}`)

function sameOrThrow(row: RunRow, hash: string): BacktestRunAnswer {
  if (row.request_hash === hash) return answerOf(row)
  throw new LijianError('serial_reused', `Serial ${row.serial} came before with another body`)
}

/** The versions as they are now; what is drafted later is another back-test. */
async function storedRefs(db: PoolClient, tried: BacktestRequest['campaigns']): Promise<Ref[]> {
  const refs: Ref[] = []
  const documents: Campaign[] = []
  for (const { code, version } of tried) {
    const { rows } = await db.query<{ version: number; document: Campaign }>(
      `SELECT v.version, v.document FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version = coalesce($2, c.latest_version)
       WHERE c.code = $1`,
      [code, version ?? null],
    )
    const [row] = rows
    if (row === undefined)
      throw new LijianError(
        'not_found',
        `There is no campaign ${code}${version === undefined ? '' : ` version ${version}`}`,
      )
    refs.push({ code, version: row.version })
    documents.push(row.document)
  }
  if (new Set(refs.map(({ code }) => code)).size < refs.length)
    throw new LijianError('state_conflict', 'Name each campaign once; compare versions with "against"')
  const [repeated] = repeatedOfferCodes(documents)
  if (repeated !== undefined)
    throw new LijianError(
      'state_conflict',
      `Offer ${repeated.offer} is in campaigns ${repeated.campaigns.join(' and ')}: a refusal names the offer alone, so try them one by one`,
    )
  return refs
}

async function mustHaveRoom(db: PoolClient, actor: string): Promise<void> {
  const { rows } = await db.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM backtest_run WHERE requested_by = $1 AND state IN ('waiting_file', 'queued', 'running')`,
    [actor],
  )
  if (rows[0]!.open >= OPEN_MAX)
    throw new LijianError('state_conflict', `${OPEN_MAX} back-tests of yours wait or run: cancel one, or wait for one`)
}
