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
import { inTransaction } from '@lijian/database'
import { lockSubject, Proposals, resumeKind, resumeRef, suspendRef, suspensionsUnder } from '@lijian/approvals'
import type { Pool } from 'pg'
import type { DocumentThread } from './document-thread'
import type { Checked, Said } from './document-work'
import { LiveHasChanged, ROUTING, RoutingRequest, type RoutingBody } from './routing-kind'
import type { SharedPools } from './shared-pools'

interface VersionRow {
  version: number
  maker: string
  created_at: Date
  proposal: string | null
  checker: string | null
  draft?: true
}
const HEAD = 'version, maker, created_at, proposal, checker'

/** A channel, pool or number goes on. */
export const resumeRouteKinds = { resume_route: resumeKind() }

/** The routing document as people handle it: every version is kept with who made and who approved it, and the newest in force is live. */
export class RoutingDocuments {
  private readonly resuming: Proposals

  constructor(
    private readonly pool: Pool,
    private readonly thread: DocumentThread,
    /** Kept for suspending and resuming: whatever waits for a connection elsewhere, a stop does not. */
    private readonly stop: Pool,
    private readonly proposals: Pick<Proposals, 'proposeIn'>,
    private readonly shared: Pick<SharedPools, 'warnings'>,
  ) {
    this.resuming = new Proposals(stop, resumeRouteKinds)
  }

  /**
   * A document as it was sent: it waits for another person as a proposal, unless it is live or waits already. Not accepted with errors or a warning of level
   * `refuse` (LijianError invalid_request, invalid_document); a dry run stores nothing and only says it.
   */
  async put(bytes: Uint8Array, actor: string, dryRun: boolean): Promise<RoutingPutAnswer> {
    const lastMonth = await this.lastMonth()
    for (;;) {
      const live = await this.live()
      const question = { bytes, lastMonth, live: live?.text ?? null }
      const { text, said: ofDocument, shown, shared } = wellFormed(await this.thread.check(question, actor))
      const said = { ...ofDocument, warnings: [...ofDocument.warnings, ...(await this.shared.warnings(shared))] }
      if (dryRun) return { dryRun: true, ...said }
      mustBeAcceptable(said)
      if (shown === undefined) return { version: live!.version, ...said }
      try {
        return { ...(await this.propose(new RoutingRequest(text, shown, live?.version ?? null, actor))), ...said }
      } catch (error) {
        if (!(error instanceof LiveHasChanged)) throw error
      }
    }
  }

  /** The same text as what waits is what waits. */
  private propose(request: RoutingRequest): Promise<Pick<RoutingPutAnswer, 'version' | 'proposal'>> {
    return inTransaction(this.pool, async (db) => {
      await lockSubject(db, ROUTING, ROUTING)
      const { rows } = await db.query<{ version: number; id: string; hash: string }>(
        `SELECT d.version, p.id, p.hash FROM proposal p JOIN routing_draft d ON d.proposal = p.id
         WHERE p.kind = '${ROUTING}' AND p.state = 'proposed' AND (p.expires_at > now()) IS NOT FALSE
           AND d.document::text = $1 AND d.base IS NOT DISTINCT FROM $2`,
        [request.text, request.base],
      )
      const open = rows[0]
      if (open) return { version: open.version, proposal: { id: Number(open.id), hash: open.hash } }
      const made = await this.proposals.proposeIn(db, {
        kind: ROUTING,
        subject: ROUTING,
        request,
        actor: request.actor,
      })
      return { version: (made.body as RoutingBody).version, proposal: { id: made.id, hash: made.hash } }
    })
  }

  private async live(): Promise<{ version: number; text: string } | undefined> {
    const { rows } = await this.pool.query<{ version: number; text: string }>(
      'SELECT version, document::text AS text FROM routing_version ORDER BY version DESC LIMIT 1',
    )
    return rows[0]
  }

  /** The document as its JSON text: thousands of merchants are not worth taking apart only to be sent. Throws LijianError not_found. */
  async read(version?: number): Promise<Omit<RoutingAnswer, 'document'> & { documentText: string }> {
    const { rows } = await this.pool.query<VersionRow & { text: string }>(
      `SELECT ${HEAD}, document::text AS text FROM routing_version
       WHERE $1::integer IS NULL OR version = $1 ORDER BY version DESC LIMIT 1`,
      [version ?? null],
    )
    const row = rows[0] ?? (version === undefined ? undefined : await this.draft(version))
    if (row === undefined)
      throw new LijianError(
        'not_found',
        version === undefined
          ? 'No routing document is stored'
          : `There is no version ${version} of the routing document`,
      )
    return { ...shown(row), suspensions: await suspensionsUnder(this.pool, '@route'), documentText: row.text }
  }

  private async draft(version: number): Promise<(VersionRow & { text: string }) | undefined> {
    const { rows } = await this.pool.query<VersionRow & { text: string }>(
      `SELECT version, maker, created_at, proposal, NULL AS checker, true AS draft, document::text AS text FROM routing_draft WHERE version = $1`,
      [version],
    )
    return rows[0]
  }

  /** What is or was in force, newest first; `after`: a version. */
  async versions({ after, limit }: PageQuery): Promise<RoutingVersions> {
    const { rows } = await this.pool.query<VersionRow>(
      `SELECT ${HEAD} FROM routing_version WHERE version < $1 ORDER BY version DESC LIMIT $2`,
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
      return await inTransaction(this.stop, (db) =>
        resumeRef(db, { ref: routeRef(part, code), by: actor, kind: 'resume_route', proposals: this.resuming }),
      )
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

const shown = ({ version, maker, created_at, proposal, checker, draft }: VersionRow) => ({
  version,
  maker,
  createdAt: created_at.toISOString(),
  ...(checker === null ? {} : { checker }),
  ...(proposal === null ? {} : { proposal: Number(proposal) }),
  ...(draft ? { draft } : {}),
})

function wellFormed(checked: Checked): Extract<Checked, { text: string }> {
  if ('notText' in checked) throw new LijianError('invalid_request', undefined, { errors: checked.notText })
  if ('notJson' in checked) throw new LijianError('invalid_request', 'The body is not valid JSON')
  if ('errors' in checked) throw new LijianError('invalid_document', undefined, { errors: checked.errors })
  return checked
}

function mustBeAcceptable({ warnings }: Said): void {
  const refused = warnings.filter(({ level }) => level === 'refuse')
  if (refused.length > 0)
    throw new LijianError('invalid_document', 'It is not accepted live', {
      errors: refused.map(({ path, message, messageZh }) => ({ path, message, messageZh })),
    })
}
