import {
  canonicalJson,
  LijianError,
  routeRef,
  type PageQuery,
  type RoutingAnswer,
  type RoutingDocument,
  type RoutingPart,
  type RoutingPutAnswer,
  type RoutingVersions,
  type SuspensionAnswer,
} from '@lijian/contracts'
import { inTransaction } from '@lijian/persistence'
import { routingWarnings } from '@lijian/routing'
import { resumeRef, suspendRef, suspensionsUnder } from '@lijian/suspensions'
import type { Pool } from 'pg'

const PUTTING = 7205

interface VersionRow {
  version: number
  document: RoutingDocument
  maker: string
  created_at: Date
}

/** The routing document as people handle it: every version is kept with who made it and when, and the newest is live. */
export class RoutingDesk {
  constructor(private readonly pool: Pool) {}

  /** A document that has been parsed. Not accepted with a warning of level `refuse` (LijianError invalid_document); a dry run stores nothing and only says it. */
  async put(document: RoutingDocument, actor: string, dryRun: boolean): Promise<RoutingPutAnswer> {
    const warnings = routingWarnings(document, await this.lastMonth()).map((warning) => ({
      ...warning,
      proof: { ...warning.proof },
    }))
    const { channels, mids, pools, merchants } = document
    const counts = {
      ...{ channels: channels.length, mids: mids.length },
      ...{ pools: pools.length, merchants: merchants.length, warnings },
    }
    if (dryRun) return { dryRun: true, ...counts }
    const refused = warnings.filter(({ level }) => level === 'refuse')
    if (refused.length > 0)
      throw new LijianError('invalid_document', 'It is not accepted live', {
        errors: refused.map(({ path, message, messageZh }) => ({ path, message, messageZh })),
      })
    const version = await inTransaction(this.pool, async (db) => {
      await db.query('SELECT pg_advisory_xact_lock($1)', [PUTTING])
      const newest = await this.newest(db)
      if (newest !== undefined && canonicalJson(newest.document) === canonicalJson(document)) return newest.version
      const next = (newest?.version ?? 0) + 1
      await db.query('INSERT INTO routing_version (version, document, maker) VALUES ($1, $2, $3)', [
        ...[next, JSON.stringify(document), actor],
      ])
      return next
    })
    return { version, ...counts }
  }

  /** Throws LijianError not_found. */
  async read(version?: number): Promise<RoutingAnswer> {
    const row = version === undefined ? await this.newest(this.pool) : await this.at(version)
    if (row === undefined)
      throw new LijianError(
        'not_found',
        version === undefined
          ? 'No routing document is stored'
          : `There is no version ${version} of the routing document`,
      )
    return { ...shown(row), suspensions: await suspensionsUnder(this.pool, '@route'), document: row.document }
  }

  /** Newest first; `after`: a version. */
  async versions({ after, limit }: PageQuery): Promise<RoutingVersions> {
    const { rows } = await this.pool.query<Omit<VersionRow, 'document'>>(
      `SELECT version, maker, created_at FROM routing_version WHERE version < $1 ORDER BY version DESC LIMIT $2`,
      [after === undefined || !/^\d{1,9}$/.test(after) ? 2 ** 31 - 1 : Number(after), limit],
    )
    const next = rows.length < limit ? {} : { next: String(rows.at(-1)!.version) }
    return { versions: rows.map(shown), ...next }
  }

  /** One person is enough, and it acts on the next payment. Throws LijianError not_found. */
  suspend(part: RoutingPart, code: string, actor: string): Promise<SuspensionAnswer> {
    return inTransaction(this.pool, async (db) => {
      await this.mustExist(db, part, code)
      return suspendRef(db, routeRef(part, code), actor)
    })
  }

  /** The second person who asks for it resumes. Throws LijianError state_conflict. What is suspended may have left the document since. */
  resume(part: RoutingPart, code: string, actor: string): Promise<SuspensionAnswer> {
    return inTransaction(this.pool, (db) => resumeRef(db, routeRef(part, code), actor))
  }

  private async mustExist(db: Pick<Pool, 'query'>, part: RoutingPart, code: string): Promise<void> {
    const document = (await this.newest(db))?.document
    if (!document?.[part].some((one) => one.code === code))
      throw new LijianError('not_found', `The routing document has no ${code} among its ${part}`)
  }

  private async newest(db: Pick<Pool, 'query'>): Promise<VersionRow | undefined> {
    const { rows } = await db.query<VersionRow>('SELECT * FROM routing_version ORDER BY version DESC LIMIT 1')
    return rows[0]
  }

  private async at(version: number): Promise<VersionRow | undefined> {
    const { rows } = await this.pool.query<VersionRow>('SELECT * FROM routing_version WHERE version = $1', [version])
    return rows[0]
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

const shown = ({ version, maker, created_at }: Omit<VersionRow, 'document'>) => ({
  version,
  maker,
  createdAt: created_at.toISOString(),
})
