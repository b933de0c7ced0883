import { lockSubject, proposalAnswerOf, Proposals, type Proposal, type ProposalKind } from '@lijian/approvals'
import type { ProposalAnswer } from '@lijian/contracts/people'
import { CardGroupEntity, clientOf, type GroupKind } from '@lijian/database'
import { recordChange } from '@lijian/live-config'
import type { Pool } from 'pg'
import type { EntityManager } from 'typeorm'
import { groupTable, hasMembers, lockGroup, replaceMembers, type GroupRow } from './group-members'
import { isNamedByLive } from './named-by-live'
import { dropDraft, putInForce, storeDraft, type MemberChangeAsk } from './member-drafts'

/** What two people see of a change. Cards and customers are counted, never shown. */
export interface MemberGroupBody {
  code: string
  members: number
  added: number
  removed: number
  /** Of a card group: those of afterwards, when there are at most `BINS_SHOWN`. */
  bins?: readonly string[]
  binCount?: number
  digest: string
}

const BINS_SHOWN = 2000

const shownBins = (bins: readonly string[] | undefined) =>
  bins === undefined ? {} : { binCount: bins.length, ...(bins.length > BINS_SHOWN ? {} : { bins }) }

/** A group of cards or customers that a live campaign names. */
const kindOf = (kind: GroupKind): ProposalKind<MemberGroupBody> => ({
  async before(db, code) {
    const { rows } = await db.query<{ version: number; members: number; bins?: string[] }>(
      `SELECT members_version AS version, member_count AS members${kind === 'card_group' ? ', bins' : ''} FROM ${kind} WHERE code = $1 FOR UPDATE`,
      [code],
    )
    const { bins, ...row } = rows[0]!
    return { code, ...row, ...shownBins(bins) }
  },
  replaces: true,
  async apply(db, { body: { code, digest } }, actor) {
    await putInForce(db, kind, code, { digest, actor })
    await recordChange(db, kind, code)
  },
  drop: (db, { body: { code, digest } }) => dropDraft(db, kind, code, digest),
})

export const memberGroupKinds = { card_group: kindOf('card_group'), customer_group: kindOf('customer_group') }

export interface MemberChange {
  /** The group in force is another now. */
  changed: boolean
  /** Of those that are stored, in force or waiting. */
  members: number
  /** What waits for a second person. */
  proposal?: Proposal
}

/** Changes of groups of cards and customers: at once, or as a proposal where a live campaign names the group. */
export class MemberChanges {
  private readonly proposals: Proposals

  constructor(pool: Pool) {
    this.proposals = new Proposals(pool, memberGroupKinds)
  }

  /** As an approval does: its turn first, what waits, then the group's row. What is over takes its draft with it, before another is stored. */
  async lock(manager: EntityManager, kind: GroupKind, code: string, actor: string) {
    const db = await clientOf(manager)
    await lockSubject(db, kind, code)
    await this.proposals.endOver(db, kind, code)
    return lockGroup(manager, kind, code, actor)
  }

  /** Of a group that `lock` has locked, in the caller's transaction. */
  async make(
    manager: EntityManager,
    kind: GroupKind,
    row: GroupRow,
    ask: MemberChangeAsk,
    actor: string,
  ): Promise<MemberChange> {
    const { words, bins } = ask
    const { code } = row
    if (words === undefined && bins === undefined) return { changed: false, members: row.memberCount }
    const db = await clientOf(manager)
    if (await isNamedByLive(db, kind, code)) {
      const draft = await storeDraft({ manager, db }, kind, row, ask, actor)
      const { member_count: members, added, removed, digest } = draft
      const after = 'bins' in row ? (draft.bins ?? row.bins) : undefined
      const body: MemberGroupBody = { code, members, added, removed, ...shownBins(after), digest }
      const open = await this.proposals.openOf(kind, code, db)
      const waits = open !== undefined && (open.body as MemberGroupBody).digest === digest
      const proposal = waits ? open : await this.proposals.proposeIn(db, { kind, subject: code, request: body, actor })
      return { changed: false, members, proposal }
    }
    if (words !== undefined) await replaceMembers(manager, kind, row, words)
    if (bins !== undefined) await manager.update(CardGroupEntity, { code }, { bins: [...bins] })
    await manager.update(groupTable(kind), { code }, { updatedBy: actor, updatedAt: () => 'now()' })
    await recordChange(manager, kind, code)
    return { changed: true, members: words === undefined ? row.memberCount : words.length / 4 }
  }

  /** A whole document: its name at once, its members by `make`. Undefined: nothing waits for another person. */
  async put(
    manager: EntityManager,
    kind: GroupKind,
    { code, name, words, bins }: { code: string; name: string | undefined } & MemberChangeAsk,
    actor: string,
  ): Promise<ProposalAnswer | undefined> {
    const { row, made } = await this.lock(manager, kind, code, actor)
    const differs = {
      words: words !== undefined && !(await hasMembers(manager, kind, row, words)) ? words : undefined,
      bins: 'bins' in row && JSON.stringify(bins ?? row.bins) !== JSON.stringify(row.bins) ? bins : undefined,
    }
    const change = await this.make(manager, kind, row, differs, actor)
    if (row.name !== (name ?? null)) {
      const named = { name: name ?? null, updatedBy: actor, updatedAt: () => 'now()' }
      await manager.update(groupTable(kind), { code }, named)
    }
    if ((made || row.name !== (name ?? null)) && !change.changed) await recordChange(manager, kind, code)
    return change.proposal && proposalAnswerOf(change.proposal)
  }
}
