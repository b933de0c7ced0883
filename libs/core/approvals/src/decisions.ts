import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import type { Proposal, ProposalKind } from './kinds'
import { takeTurn } from './lock-subject'
import { mustFit, policyOf } from './policies'
import { COLUMNS, ended, lock, proposalOf, type Row } from './rows'
import { tellFlow } from './tell'
import { mustBeTwoPeople, whoIs, type Who } from './who'

interface By {
  actor: string
  /** During an absence: whose right it is. */
  onBehalfOf?: string | undefined
}

/** How others than its maker end a proposal. The order of refusals is part of the contract: what has ended, who, what was seen, what stands now. */
export class Decisions {
  constructor(
    private readonly pool: Pool,
    private readonly kind: (name: string) => ProposalKind<never>,
  ) {}

  approve(id: number, hash: string, by: By): Promise<Proposal> {
    return inTransaction(this.pool, (db) => this.approveIn(db, id, hash, by))
  }

  async approveIn(db: PoolClient, id: number, hash: string, by: By): Promise<Proposal> {
    await takeTurn(db, id, this.kind)
    const found = await lock(db, id)
    const who = await whoIs(db, by.actor)
    if (await hasApproved(db, found, hash, who)) return found
    const policy = await this.mayDecide(db, found, hash, who, by)
    await proposerMustStand(db, found)
    const owner = this.kind(found.kind)
    await mustStandAsShown(db, owner, found)
    await record(db, found, 'approved', who, by)
    // A policy that has become stricter since counts.
    const needs = Math.max(found.needs, policy.approvers)
    const isLast = found.approvals + 1 >= needs
    const state = isLast ? 'approved' : 'proposed'
    // First: the database lets the effect happen beside an approval of the same transaction alone (demand_approval.sql).
    const written = await write(db, id, state, { checker: isLast ? by.actor : null, reason: null, needs })
    if (isLast) await owner.apply(db, found as Proposal<never>, by.actor)
    return written
  }

  reject(id: number, hash: string, by: By, reason: string): Promise<Proposal> {
    return inTransaction(this.pool, async (db) => {
      await takeTurn(db, id, this.kind)
      const found = await lock(db, id)
      const isSame = found.checker === by.actor && found.hash === hash && found.reason === reason
      if (found.state === 'rejected' && isSame) return found
      const who = await whoIs(db, by.actor)
      await this.mayDecide(db, found, hash, who, by)
      await record(db, found, 'rejected', who, by)
      await this.kind(found.kind).drop?.(db, found as Proposal<never>, { state: 'rejected', reason, by: by.actor })
      return write(db, id, 'rejected', { checker: by.actor, reason, needs: found.needs })
    })
  }

  private async mayDecide(db: PoolClient, found: Proposal, hash: string, who: Who, { onBehalfOf }: By) {
    if (found.state !== 'proposed') throw ended(found)
    const makerPerson = found.makerPerson ?? (await whoIs(db, found.maker)).person
    mustBeTwoPeople(makerPerson, who.person)
    mustBeTwoPeople(makerPerson, onBehalfOf ?? '')
    if (who.isGone) throw new LijianError('forbidden', 'Who is revoked or disabled decides nothing')
    const policy = await policyOf(db, found.kind, found.amountFen)
    await mustFit(db, policy, { ...found, makerPerson }, who)
    await mustBeInTime(db, found)
    if (found.hash !== hash) throw new LijianError('changed_since')
    return policy
  }
}

/** Retries of the last approval, and of one before it. */
async function hasApproved(db: PoolClient, found: Proposal, hash: string, who: Who): Promise<boolean> {
  if (found.hash !== hash || (found.state !== 'approved' && found.state !== 'proposed')) return false
  const { rowCount } = await db.query(
    `SELECT FROM proposal_decision WHERE proposal = $1 AND hash = $2 AND person = $3 AND decision = 'approved'`,
    [found.id, hash, who.person],
  )
  return rowCount === 1
}

async function mustBeInTime(db: PoolClient, found: Proposal): Promise<void> {
  const { rows } = await db.query<{ over: boolean | null }>(
    'SELECT expires_at <= now() AS over FROM proposal WHERE id = $1',
    [found.id],
  )
  if (rows[0]!.over === true) throw ended({ ...found, state: 'expired' })
}

/** A leaver's open proposals take no effect: whoever takes over proposes them anew (security review, S30). */
async function proposerMustStand(db: PoolClient, { id, maker }: Proposal): Promise<void> {
  if ((await whoIs(db, maker)).isGone)
    throw new LijianError('proposer_revoked', `Who has made proposal ${id} (${maker}) is revoked or disabled`)
}

/** What it changes from is what was shown. */
async function mustStandAsShown(db: PoolClient, owner: ProposalKind<never>, found: Proposal): Promise<void> {
  if (owner.before === undefined) return
  const now = (await owner.before(db, found.subject, found.body as never)) ?? null
  if (canonicalJson(now) !== canonicalJson(found.before ?? null))
    throw new LijianError('changed_since', `What proposal ${found.id} changes has changed since: propose it anew`)
}

async function record(
  db: PoolClient,
  { id, hash }: Proposal,
  decision: 'approved' | 'rejected',
  who: Who,
  by: By,
): Promise<void> {
  await db.query(
    `INSERT INTO proposal_decision (proposal, person, hash, decision, actor, on_behalf_of) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (proposal, hash, person) DO UPDATE SET decision = excluded.decision, actor = excluded.actor, at = now()`,
    [id, who.person, hash, decision, by.actor, by.onBehalfOf ?? null],
  )
}

async function write(
  db: PoolClient,
  id: number,
  state: 'proposed' | 'approved' | 'rejected',
  { checker, reason, needs }: { checker: string | null; reason: string | null; needs: number },
): Promise<Proposal> {
  const { rows } = await db.query<Row>(
    `UPDATE proposal SET state = $2, checker = $3, checked_at = CASE WHEN $3::text IS NOT NULL THEN now() END, reason = $4, needs = $5, version = version + 1
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, state, checker, reason, needs],
  )
  return tellFlow(db, proposalOf(rows[0]!))
}
