import { LijianError, type PageQuery } from '@lijian/contracts/system'
import {
  routeRef,
  type RoutingAnswer,
  type RoutingPart,
  type RoutingPutAnswer,
  type RoutingVersions,
} from '@lijian/contracts/routing'
import { readable } from '@lijian/contracts/text'
import type { SuspensionAnswer } from '@lijian/contracts/people'
import { inTransaction, LOCKS } from '@lijian/database'
import { resumeRef, suspendRef, suspensionsUnder } from '@lijian/approvals'
import type { Pool } from 'pg'
import type { DocumentThread } from './document-thread'

interface VersionRow {
  version: number
  maker: string
  created_at: Date
}

/** The routing document as people handle it: every version is kept with who made it and when, and the newest is live. */
export class RoutingDocuments {
  constructor(
    private readonly pool: Pool,
    private readonly thread: DocumentThread,
    /** Kept for suspending and resuming: whatever waits for a connection elsewhere, a stop does not. */
    private readonly stop: Pool,
  ) {}

  /** A document as it was sent. Not accepted with errors or a warning of level `refuse` (LijianError invalid_request, invalid_document); a dry run stores nothing and only says it. */
  async put(bytes: Uint8Array, actor: string, dryRun: boolean): Promise<RoutingPutAnswer> {
    const checked = await this.thread.check({ bytes, lastMonth: await this.lastMonth() }, actor)
    if ('notText' in checked) throw new LijianError('invalid_request', undefined, { errors: checked.notText })
    if ('notJson' in checked) throw new LijianError('invalid_request', 'The body is not valid JSON')
    if ('errors' in checked) throw new LijianError('invalid_document', undefined, { errors: checked.errors })
    const { text, said } = checked
    if (dryRun) return { dryRun: true, ...said }
    const refused = said.warnings.filter(({ level }) => level === 'refuse')
    if (refused.length > 0)
      throw new LijianError('invalid_document', 'It is not accepted live', {
        errors: refused.map(({ path, message, messageZh }) => ({ path, message, messageZh })),
      })
    const version = await inTransaction(this.pool, async (db) => {
      await db.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.routingDocuments])
      // Texts of what was parsed have one order: equal documents are equal texts.
      const { rows } = await db.query<{ version: number; same: boolean }>(
        'SELECT version, document::text = $1 AS same FROM routing_version ORDER BY version DESC LIMIT 1',
        [text],
      )
      const newest = rows[0]
      if (newest?.same === true) return newest.version
      const next = (newest?.version ?? 0) + 1
      await db.query('INSERT INTO routing_version (version, document, maker) VALUES ($1, $2, $3)', [next, text, actor])
      return next
    })
    return { version, ...said }
  }

  /** The document as its JSON text: thousands of merchants are not worth taking apart only to be sent. Throws LijianError not_found. */
  async read(version?: number): Promise<Omit<RoutingAnswer, 'document'> & { documentText: string }> {
    const { rows } = await this.pool.query<VersionRow & { text: string }>(
      `SELECT version, maker, created_at, document::text AS text FROM routing_version
       WHERE $1::integer IS NULL OR version = $1 ORDER BY version DESC LIMIT 1`,
      [version ?? null],
    )
    const row = rows[0]
    if (row === undefined)
      throw new LijianError(
        'not_found',
        version === undefined
          ? 'No routing document is stored'
          : `There is no version ${version} of the routing document`,
      )
    return { ...shown(row), suspensions: await suspensionsUnder(this.pool, '@route'), documentText: row.text }
  }

  /** Newest first; `after`: a version. */
  async versions({ after, limit }: PageQuery): Promise<RoutingVersions> {
    const { rows } = await this.pool.query<VersionRow>(
      `SELECT version, maker, created_at FROM routing_version WHERE version < $1 ORDER BY version DESC LIMIT $2`,
      [after === undefined ? 2 ** 31 - 1 : Number(after), limit],
    )
    const next = rows.length < limit ? {} : { next: String(rows.at(-1)!.version) }
    return { versions: rows.map(shown), ...next }
  }

  /** One person is enough, and it acts on the next payment. Throws LijianError not_found. */
  suspend(part: RoutingPart, code: string, actor: string): Promise<SuspensionAnswer> {
    return inTransaction(this.stop, async (db) => {
      await this.mustExist(db, part, code)
      return suspendRef(db, routeRef(part, code), actor)
    })
  }

  /** The second person who asks for it resumes. Throws LijianError state_conflict. What is suspended may have left the document since. */
  async resume(part: RoutingPart, code: string, actor: string): Promise<SuspensionAnswer> {
    try {
      return await inTransaction(this.stop, (db) => resumeRef(db, routeRef(part, code), actor))
    } catch (error) {
      if (!(error instanceof LijianError) || error.code !== 'state_conflict') throw error
      const hint = 'where the document itself says "status": "suspended", another version of it lets it go on'
      throw new LijianError('state_conflict', `${error.message}; ${hint}`)
    }
  }

  private async mustExist(db: Pick<Pool, 'query'>, part: RoutingPart, code: string): Promise<void> {
    const { rowCount } = await db.query(
      `SELECT FROM (SELECT document FROM routing_version ORDER BY version DESC LIMIT 1) newest,
         json_array_elements(${readable('document')} -> $1) AS one WHERE one ->> 'code' = $2 LIMIT 1`,
      [part, code],
    )
    if (rowCount === 0) throw new LijianError('not_found', `The routing document has no ${code} among its ${part}`)
  }

  /** What merchants have paid through their routes in the last 30 days. */
  private async lastMonth(): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ merchant: string; fen: string }>(
      `SELECT merchant, sum(amount_fen) AS fen FROM route
       WHERE created_at > now() - interval '30 days' AND state = 'succeeded' GROUP BY merchant`,
    )
    return new Map(rows.map(({ merchant, fen }) => [merchant, Number(fen)]))
  }
}

const shown = ({ version, maker, created_at }: VersionRow) => ({ version, maker, createdAt: created_at.toISOString() })
