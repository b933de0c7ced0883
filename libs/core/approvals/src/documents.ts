import { canonicalJson } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import type { Proposal } from './kinds'
import { lockSubject } from './lock-subject'
import type { Proposals } from './proposals'

export interface WantedDocument {
  kind: string
  subject: string
  body: object
  actor: string
  /** What stands now, unlocked: an approval locks its proposal first. */
  standing: (db: PoolClient) => Promise<unknown>
}

/**
 * A document that is stored as a whole waits for another person. What stands already needs nobody (undefined), and what waits already waits: the
 * same document again is the proposal that is there.
 */
export const proposeDocument = (
  pool: Pool,
  proposals: Proposals,
  wanted: WantedDocument,
): Promise<Proposal | undefined> =>
  inTransaction(pool, async (db) => {
    const { kind, subject, body, actor, standing } = wanted
    await lockSubject(db, kind, subject)
    const open = await proposals.openOf(kind, subject, db)
    if (open !== undefined && canonicalJson(open.body) === canonicalJson(body)) return open
    if (open === undefined && canonicalJson((await standing(db)) ?? null) === canonicalJson(body)) return undefined
    return proposals.proposeIn(db, { kind, subject, request: body, actor })
  })
