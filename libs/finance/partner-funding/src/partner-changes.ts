import {
  lockSubject,
  mayDecide,
  rightsOf,
  type Asking,
  type Proposal,
  type Proposals,
  type Rights,
} from '@lijian/approvals'
import type { PartnerRequest, PartnerVersions, RevealAnswer, RevealRequest } from '@lijian/contracts/finance'
import { LijianError, type PageQuery } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import { changedAccounts, columnsOf, isSame, PARTNER_COLUMNS, type PartnerColumns } from './partner-document'
import { draftOf, PARTNER } from './partner-kind'
import type { PartnerSecrets, Which } from './partner-secrets'

/** How a partner changes: it is proposed, its new account numbers are seen once, and another person approves it. */
export class PartnerChanges {
  constructor(
    private readonly pool: Pool,
    private readonly secrets: PartnerSecrets,
    private readonly proposals: Proposals,
  ) {}

  /** Undefined: it stands so already. The same as what waits is what waits. Throws LijianError. */
  put(code: string, request: PartnerRequest, actor: string): Promise<Proposal | undefined> {
    return inTransaction(this.pool, async (db) => {
      await lockSubject(db, PARTNER, code)
      const { rows } = await db.query<PartnerColumns>(`SELECT ${PARTNER_COLUMNS} FROM partner WHERE code = $1`, [code])
      const stored = rows[0]
      const wanted = columnsOf(this.secrets, code, request, stored)
      if (stored && isSame(this.secrets, code, wanted, stored)) return undefined
      const open = await this.proposals.openOf(PARTNER, code, db)
      const draft = open && (await draftOf(db, code, open.id))
      if (draft && isSame(this.secrets, code, wanted, draft)) return open
      return this.proposals.proposeIn(db, { kind: PARTNER, subject: code, request, actor })
    })
  }

  /**
   * The whole numbers of the accounts that a proposal changes, to somebody who may decide about it and names their holders: once, and recorded. Throws
   * LijianError: not_found, maker_is_checker, forbidden, state_conflict, invalid_request where a holder is another one.
   */
  async reveal(id: number, request: RevealRequest, asking: Asking): Promise<RevealAnswer> {
    const rights = await rightsOf(this.pool, asking)
    return inTransaction(this.pool, async (db) => {
      await db.query('SELECT FROM proposal WHERE id = $1 FOR UPDATE', [id])
      const proposal = await this.proposals.read(id)
      await mustDecide(db, proposal, rights)
      const { rows } = await db.query<PartnerColumns>(`SELECT ${PARTNER_COLUMNS} FROM partner WHERE code = $1`, [
        proposal.subject,
      ])
      const draft = proposal.kind === PARTNER ? await draftOf(db, proposal.subject, id) : undefined
      const changed = draft === undefined ? [] : changedAccounts(rows[0], draft)
      if (draft === undefined || changed.length === 0)
        throw new LijianError('state_conflict', `Proposal ${id} changes no account`)
      await mustBeUnseen(db, proposal, rights.person)
      const accounts = changed.map((which) => [which, draft[`${which}_account`]!] as const)
      const opened = accounts.map(
        ([which, stored]) =>
          [which, { bank: stored.bank, ...this.secrets.opened(proposal.subject, which, stored) }] as const,
      )
      mustName(opened, request)
      const { rows: shown } = await db.query<{ at: Date }>(
        'INSERT INTO account_reveal (proposal, hash, person, actor) VALUES ($1, $2, $3, $4) RETURNING at',
        [id, proposal.hash, rights.person, asking.actor],
      )
      return {
        proposal: id,
        partner: proposal.subject,
        ...Object.fromEntries(opened.map(([which, account]) => [`${which}Account`, account])),
        shownTo: asking.actor,
        shownAt: shown[0]!.at.toISOString(),
      }
    })
  }

  /** As they were approved, newest first; `after`: a version. */
  async versions(code: string, { after, limit }: PageQuery): Promise<PartnerVersions> {
    const { rows } = await this.pool.query<VersionRow>(
      `SELECT version, document, maker, checker, proposal, at FROM partner_version WHERE code = $1 AND version < $2
       ORDER BY version DESC LIMIT $3`,
      [code, after === undefined ? 2 ** 31 - 1 : Number(after), limit + 1],
    )
    const versions = rows
      .slice(0, limit)
      .map(({ version, document, maker, checker, proposal, at }) => ({
        version,
        document,
        ...(maker === null ? {} : { maker }),
        ...(checker === null ? {} : { checker }),
        ...(proposal === null ? {} : { proposal: Number(proposal) }),
        at: at.toISOString(),
      }))
    return rows.length > limit ? { versions, next: String(versions.at(-1)!.version) } : { versions }
  }
}

interface VersionRow {
  version: number
  document: Record<string, unknown>
  maker: string | null
  checker: string | null
  proposal: string | null
  at: Date
}

async function mustDecide(db: PoolClient, proposal: Proposal, rights: Rights): Promise<void> {
  const { decide, not } = await mayDecide(db, rights, proposal)
  if (decide) return
  if (not === 'own') throw new LijianError('maker_is_checker')
  if (not === 'ended' || not === 'approved')
    throw new LijianError('state_conflict', `Proposal ${proposal.id} is decided`, { state: proposal.state })
  throw new LijianError('forbidden', 'Account numbers are shown to somebody who may decide about the proposal')
}

/** Shown once to each approver that the proposal needs. */
async function mustBeUnseen(db: PoolClient, { id, hash, needs }: Proposal, person: string): Promise<void> {
  const { rows } = await db.query<{ person: string; actor: string; at: Date }>(
    'SELECT person, actor, at FROM account_reveal WHERE proposal = $1 AND hash = $2 ORDER BY at',
    [id, hash],
  )
  const seen = rows.find((one) => one.person === person) ?? (rows.length >= needs ? rows.at(-1) : undefined)
  if (seen === undefined) return
  throw new LijianError(
    'state_conflict',
    `The numbers of proposal ${id} were shown to ${seen.actor} at ${seen.at.toISOString()}, and are shown once`,
    { state: 'seen' },
  )
}

/** Nothing is shown to somebody who does not know whose account it should be. */
function mustName(opened: readonly (readonly [Which, { holder: string }])[], request: RevealRequest): void {
  const wrong = opened.filter(
    ([which, { holder }]) => normalised(request[`${which}Account`]?.holder ?? '') !== normalised(holder),
  )
  if (wrong.length === 0) return
  throw new LijianError('invalid_request', 'The holder is another one than was entered', {
    errors: wrong.map(([which]) => ({
      path: `${which}Account.holder`,
      message: 'expected the holder of the account as it was entered',
    })),
  })
}

/** Full-width and half-width, spaces and case are no difference. */
const normalised = (name: string): string => name.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
