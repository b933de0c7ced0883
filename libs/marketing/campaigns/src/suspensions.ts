import type { SuspensionAnswer } from '@lijian/contracts/people'
import type { Campaign } from '@lijian/contracts/marketing'
import { inTransaction } from '@lijian/database'
import { Proposals, resumeKind, resumeRef, suspendRef } from '@lijian/approvals'
import { recordChange } from '@lijian/live-config'
import type { Pool, PoolClient } from 'pg'
import { noCampaign, noOffer } from './campaign-rows'

/** A campaign goes on, or an offer of it. */
export const resumeKinds = { resume: resumeKind((db, ref) => recordChange(db, 'campaign', ref.split('/')[0]!)) }

/**
 * Stopping needs one person and acts on the next payment, because admission looks at the rows itself; starting again needs two. The pool is kept for it:
 * whatever waits for a connection elsewhere, a stop does not.
 */
export class Suspensions {
  private readonly proposals: Proposals

  constructor(private readonly pool: Pool) {
    this.proposals = new Proposals(pool, resumeKinds)
  }

  /** Suspends again what somebody wanted to resume, too. Throws LijianError not_found. */
  suspend(code: string, offer: string | undefined, actor: string): Promise<SuspensionAnswer> {
    return this.change(suspendRef, code, offer, actor)
  }

  /** The first person asks, another one resumes. Throws LijianError not_found or state_conflict. */
  resume(code: string, offer: string | undefined, actor: string): Promise<SuspensionAnswer> {
    return this.change(
      (db, ref, by) => resumeRef(db, { ref, by, kind: 'resume', proposals: this.proposals }),
      code,
      offer,
      actor,
    )
  }

  private change(
    act: (db: PoolClient, ref: string, by: string) => Promise<SuspensionAnswer>,
    code: string,
    offer: string | undefined,
    actor: string,
  ): Promise<SuspensionAnswer> {
    return inTransaction(this.pool, async (db) => {
      // As every change of a campaign: one after another.
      const { rowCount } = await db.query('SELECT FROM campaign WHERE code = $1 FOR UPDATE', [code])
      if (rowCount === 0) throw noCampaign(code)
      if (offer !== undefined) {
        const { rows } = await db.query<{ document: Campaign }>(
          `SELECT v.document FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version IN (c.latest_version, c.live_version)
           WHERE c.code = $1`,
          [code],
        )
        if (!rows.some(({ document }) => document.offers.some((other) => other.code === offer)))
          throw noOffer(code, offer)
      }
      const answer = await act(db, offer === undefined ? code : `${code}/${offer}`, actor)
      await recordChange(db, 'campaign', code)
      return answer
    })
  }
}
