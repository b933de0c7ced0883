import { createHash } from 'node:crypto'
import type { ReportLinkAnswer, ReportRunAnswer } from '@lijian/contracts/finance'
import { LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool } from 'pg'
import { answerOf, RUN, type RunRow } from './run-row'
import { notFound } from './runs'

export const LINK_TTL_MS = 5 * 60_000

/** A file that may be sent now, and only now. */
export interface LinkedFile {
  run: ReportRunAnswer
  attempt: number
}

/** One-time links to files of reports: bound to who asked, kept as a hash, recorded when they are made and when they are used. */
export class ReportLinks {
  constructor(
    private readonly pool: Pool,
    private readonly random: () => Buffer,
  ) {}

  async make(id: number, actor: string): Promise<ReportLinkAnswer> {
    const token = this.random().toString('base64url')
    return inTransaction(this.pool, async (db) => {
      const { rows } = await db.query<{ state: string }>('SELECT state FROM report_run WHERE id = $1', [id])
      if (!rows[0]) throw notFound(id)
      const { state } = rows[0]
      if (state !== 'done')
        throw new LijianError('state_conflict', `Report ${id} is ${state}: only what is done has a file`, { state })
      await db.query('DELETE FROM report_link WHERE expires_at < now()')
      const made = await db.query<{ expires: Date }>(
        `INSERT INTO report_link (hash, run, asked_by, expires_at) VALUES ($1, $2, $3, now() + $4 * interval '1 ms')
         RETURNING expires_at AS expires`,
        [hashOf(token), id, actor, LINK_TTL_MS],
      )
      await db.query(`INSERT INTO report_access (run, act, actor) VALUES ($1, 'link', $2)`, [id, actor])
      return { path: `/v1/report-files/${token}`, expiresAt: made.rows[0]!.expires.toISOString() }
    })
  }

  /**
   * Opens the file and uses the link up: a file that cannot be opened leaves the link as it is, and no download is recorded. Somebody else's link, an
   * old one and none at all are answered alike.
   */
  async use<T extends { destroy(): unknown }>(
    token: string,
    actor: string,
    open: (file: LinkedFile) => Promise<T>,
  ): Promise<LinkedFile & { file: T }> {
    let file: T | undefined
    const used = inTransaction(this.pool, async (db) => {
      const used = await db.query<{ run: number }>(
        'DELETE FROM report_link WHERE hash = $1 AND asked_by = $2 AND expires_at > now() RETURNING run',
        [hashOf(token), actor],
      )
      const id = used.rows[0]?.run
      const { rows } = await db.query<RunRow>(`SELECT ${RUN} FROM report_run WHERE id = $1 AND state = 'done'`, [
        id ?? null,
      ])
      if (!rows[0])
        throw new LijianError(
          'not_found',
          'This link opens nothing: it was used, it is older than five minutes, or somebody else asked for it',
        )
      await db.query(`INSERT INTO report_access (run, act, actor) VALUES ($1, 'download', $2)`, [id, actor])
      const linked = { run: answerOf(rows[0]), attempt: rows[0].attempt }
      file = await open(linked)
      return { ...linked, file }
    })
    return used.catch((error: unknown) => {
      file?.destroy()
      throw error
    })
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()
