import { lockSubject, Proposals, type Proposal, type ProposalKind } from '@lijian/approvals'
import type { ImportMode } from '@lijian/contracts/marketing'
import type { Pool, PoolClient } from 'pg'
import { isNamedByLive } from '../named-by-live'
import { dropDraft, lockGroup, putInForce, storeDraft, type GroupRow, type Incoming } from './versions'

/** What two people see of a change; who comes and who goes is read with `GET …/members?version=`. */
export interface GroupBody {
  code: string
  version: number
  members: number
  added: number
  removed: number
  digest: string
}

export const MERCHANT_GROUP = 'merchant_group'

/** A merchant group that a live campaign names. */
export const merchantGroupKind: ProposalKind<GroupBody> = {
  async before(db, code) {
    const { rows } = await db.query<{ version: number; members: number; digest: string | null }>(
      `SELECT g.version, g.member_count AS members, v.digest FROM merchant_group g
       LEFT JOIN merchant_group_version v ON v.code = g.code AND v.version = g.version WHERE g.code = $1 FOR UPDATE OF g`,
      [code],
    )
    return { code, ...rows[0] }
  },
  replaces: true,
  apply: (db, { body }, checker) => putInForce(db, body.code, body.version, checker),
  drop: (db, { body }) => dropDraft(db, body.code, body.version),
}

export interface GroupChange {
  /** The members in force are others now. */
  changed: boolean
  /** Of those that are stored, in force or waiting. */
  members: number
  /** What waits for a second person. */
  proposal?: Proposal
}

/** Changes of merchant groups: at once, or as a proposal where a live campaign names the group. */
export class GroupChanges {
  private readonly proposals: Proposals

  constructor(pool: Pool) {
    this.proposals = new Proposals(pool, { [MERCHANT_GROUP]: merchantGroupKind })
  }

  /** As an approval does: its turn first, what waits, then the group's row. What is over takes its draft with it, before another is stored. */
  async lock(db: PoolClient, code: string, actor: string): Promise<GroupRow> {
    await lockSubject(db, MERCHANT_GROUP, code)
    await this.proposals.endOver(db, MERCHANT_GROUP, code)
    return lockGroup(db, code, actor)
  }

  /** Of a group that `lock` has locked, in the caller's transaction. */
  async make(
    db: PoolClient,
    group: GroupRow,
    { mode, incoming, actor }: { mode: ImportMode; incoming: Incoming; actor: string },
  ): Promise<GroupChange> {
    const { code } = group
    const draft = await storeDraft(db, group, mode, incoming, actor)
    if (draft === undefined) return { changed: false, members: group.member_count }
    const { version, member_count: members, added, removed, digest } = draft
    if (!(await isNamedByLive(db, MERCHANT_GROUP, code))) {
      await putInForce(db, code, version, actor)
      return { changed: true, members }
    }
    const body: GroupBody = { code, version, members, added, removed, digest }
    const open = await this.proposals.openOf(MERCHANT_GROUP, code, db)
    const waits = open !== undefined && (open.body as GroupBody).version === version
    const ask = { kind: MERCHANT_GROUP, subject: code, request: body, actor }
    return { changed: false, members, proposal: waits ? open : await this.proposals.proposeIn(db, ask) }
  }
}
