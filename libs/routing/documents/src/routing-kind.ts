import type { Proposal, ProposalKind } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import { LOCKS } from '@lijian/database'
import type { PoolClient } from 'pg'
import type { Shown } from './document-work'

export const ROUTING = 'routing'

/** A checked document that is to wait, and never a body as it was sent. */
export class RoutingRequest {
  constructor(
    readonly text: string,
    readonly shown: Shown,
    /** The live version that it was compared with. */
    readonly base: number | null,
    readonly actor: string,
  ) {}
}

export type RoutingBody = { version: number; sha256: string } & Record<string, unknown>

/** Another version went live while the document was compared with the one before: compare it again. */
export class LiveHasChanged extends Error {}

/** The routing document: a version waits as a draft, and an approval puts it in force. A proposal has what differs, and the hash of the whole. */
export const routingKind: ProposalKind<RoutingBody> = {
  replaces: true,

  async read(db, _subject, request) {
    if (!(request instanceof RoutingRequest))
      throw new LijianError('state_conflict', 'A document that waits is not amended: PUT /v1/routing takes its place')
    const { text, shown, base, actor } = request
    if ((await lockLive(db)) !== base) throw new LiveHasChanged()
    const { rows } = await db.query<{ version: number }>(
      `INSERT INTO routing_draft (version, document, sha256, maker, base, base_parts)
       SELECT greatest((SELECT max(version) FROM routing_version), (SELECT max(version) FROM routing_draft), 0) + 1, $1, $2, $3, $4, $5
       RETURNING version`,
      [text, shown.sha256, actor, base, shown.was === null ? null : JSON.stringify(shown.was)],
    )
    return { version: rows[0]!.version, sha256: shown.sha256, ...shown.is }
  },

  async before(db, _subject, { version }) {
    const live = await lockLive(db)
    const { rows } = await db.query<{ base: number | null; parts: object | null }>(
      'SELECT base, base_parts AS parts FROM routing_draft WHERE version = $1',
      [version],
    )
    if (live === null) return null
    const draft = rows[0]
    return draft?.base === live ? { version: live, ...draft.parts } : { version: live }
  },

  async check(db, { id, body }) {
    await db.query('UPDATE routing_draft SET proposal = $2 WHERE version = $1', [body.version, id])
  },

  async apply(db, { id, body }: Proposal<RoutingBody>, checker) {
    await db.query(
      `WITH gone AS (DELETE FROM routing_draft WHERE version = $1 AND proposal = $2 AND sha256 = $3 RETURNING version, document, maker)
       INSERT INTO routing_version (version, document, maker, proposal, checker) SELECT version, document, maker, $2, $4 FROM gone`,
      [body.version, id, body.sha256, checker],
    )
  },
}

/** The live version, which stays so until the end of the database transaction; null: there is none. */
async function lockLive(db: PoolClient): Promise<number | null> {
  await db.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.routingDocuments])
  const { rows } = await db.query<{ version: number | null }>('SELECT max(version) AS version FROM routing_version')
  return rows[0]!.version
}
