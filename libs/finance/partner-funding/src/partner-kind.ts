import type { Proposal, ProposalKind } from '@lijian/approvals'
import { partnerRequest } from '@lijian/contracts/finance'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { readable } from '@lijian/contracts/text'
import type { ClientBase, PoolClient } from 'pg'
import { branchOfPartner, lockFunds } from './funds'
import {
  changedAccounts,
  columnsOf,
  documentOf,
  PARTNER_COLUMNS,
  valuesOf,
  type PartnerColumns,
  type PartnerDocument,
} from './partner-document'
import type { PartnerSecrets } from './partner-secrets'

export const PARTNER = 'partner'

/** A partner and every change of it. What is sealed waits in `partner_draft`; the proposal has hashes of it. */
export const partnerKind = (secrets: PartnerSecrets): ProposalKind<PartnerDocument> => ({
  replaces: true,
  branch: branchOfPartner,

  async read(db, code, request) {
    const parsed = partnerRequest.safeParse(request)
    if (!parsed.success)
      throw new LijianError('invalid_request', undefined, {
        errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
      })
    const stored = await lockPartner(db, code)
    const { currency } = parsed.data
    if (stored && currency !== undefined && currency !== stored.currency)
      throw new LijianError(
        'state_conflict',
        `Partner ${code} is in ${stored.currency}, not in ${currency}: its currency is fixed, give the other account its own code`,
      )
    const draft = columnsOf(secrets, code, parsed.data, stored)
    await mustFit(db, code, stored, draft)
    await db.query(
      `INSERT INTO partner_draft (code, ${PARTNER_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (code) DO UPDATE SET (${PARTNER_COLUMNS}) = ROW(${PARTNER_COLUMNS.replaceAll(/\w+/g, 'excluded.$&')}), proposal = NULL`,
      [code, ...valuesOf(draft)],
    )
    return documentOf(draft)
  },

  async before(db, code) {
    const stored = await lockPartner(db, code)
    return stored === undefined ? null : documentOf(stored)
  },

  async check(db, { id, subject }) {
    await db.query('UPDATE partner_draft SET proposal = $2 WHERE code = $1', [subject, id])
  },

  async apply(db, proposal, checker) {
    const { id, subject: code, body, maker } = proposal
    const draft = await draftOf(db, code, id)
    if (draft === undefined || canonicalJson(documentOf(draft)) !== canonicalJson(body))
      throw new LijianError('changed_since', `What proposal ${id} says was sealed anew since: propose it anew`)
    const stored = await lockPartner(db, code)
    if (stored !== undefined) await mustFit(db, code, stored, draft)
    const changed = changedAccounts(stored, draft)
    if (changed.length > 0) await mustHaveSeen(db, proposal)
    const accountsDiffer =
      changed.length > 0 || (['deposit_account', 'payout_account'] as const).some((one) => stored?.[one] && !draft[one])
    await db.query(
      `INSERT INTO partner (code, ${PARTNER_COLUMNS}, accounts_version, branch) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       ON CONFLICT (code) DO UPDATE SET (${PARTNER_COLUMNS}) = ROW(${PARTNER_COLUMNS.replaceAll(/\w+/g, 'excluded.$&')}),
         accounts_version = partner.accounts_version + $12, updated_at = now()`,
      [code, ...valuesOf(draft), accountsDiffer ? 1 : 0, proposal.branch],
    )
    // Once its row is there: the approval of a campaign waits for it, or has been seen.
    if (stored === undefined) await mustFitCampaigns(db, code, draft.currency)
    await db.query(
      `INSERT INTO partner_version (code, version, document, maker, checker, proposal)
       SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM partner_version WHERE code = $1`,
      [code, JSON.stringify(body), maker, checker, id],
    )
    await db.query('DELETE FROM partner_draft WHERE code = $1', [code])
  },

  async drop(db, { id, subject }) {
    await db.query('DELETE FROM partner_draft WHERE code = $1 AND proposal = $2', [subject, id])
  },
})

export async function lockPartner(db: PoolClient, code: string): Promise<PartnerColumns | undefined> {
  const { rows } = await db.query<PartnerColumns>(`SELECT ${PARTNER_COLUMNS} FROM partner WHERE code = $1 FOR UPDATE`, [
    code,
  ])
  return rows[0]
}

/** What waits sealed for that proposal. */
export async function draftOf(
  db: Pick<ClientBase, 'query'>,
  code: string,
  proposal: number,
): Promise<PartnerColumns | undefined> {
  const { rows } = await db.query<PartnerColumns>(
    `SELECT ${PARTNER_COLUMNS} FROM partner_draft WHERE code = $1 AND proposal = $2`,
    [code, proposal],
  )
  return rows[0]
}

/** Whoever approves another account has seen its number and named its holder (POST /v1/proposals/{id}/reveal). */
async function mustHaveSeen(db: PoolClient, { id, hash }: Proposal): Promise<void> {
  const { rows } = await db.query<{ person: string }>(
    `SELECT person FROM proposal_decision d WHERE proposal = $1 AND hash = $2 AND decision = 'approved'
       AND NOT EXISTS (SELECT FROM account_reveal r WHERE r.proposal = d.proposal AND r.hash = d.hash AND r.person = d.person) LIMIT 1`,
    [id, hash],
  )
  if (rows[0] === undefined) return
  throw new LijianError(
    'state_conflict',
    `Proposal ${id} changes an account: whoever approves it first sees the number and names the holder, POST /v1/proposals/${id}/reveal`,
    { state: 'not_seen' },
  )
}

async function mustFit(
  db: PoolClient,
  code: string,
  stored: PartnerColumns | undefined,
  draft: PartnerColumns,
): Promise<void> {
  if (stored === undefined) await mustFitCampaigns(db, code, draft.currency)
  else if (draft.status === 'closed' && stored.status !== 'closed') await mayClose(db, code)
}

async function mayClose(db: PoolClient, code: string): Promise<void> {
  const { fundedFen, usedFen, heldFen, creditLineFen } = await lockFunds(db, code)
  if (fundedFen === usedFen && heldFen === 0 && creditLineFen === 0) return
  throw new LijianError(
    'state_conflict',
    `Partner ${code} still has a balance of ${fundedFen - usedFen} fen, ${heldFen} held and a credit line of ${creditLineFen}`,
  )
}

/**
 * A partner may be promised in before it has a document; it was CNY then. The approval of a campaign locks the table, so that neither passes the
 * other unseen.
 */
async function mustFitCampaigns(db: PoolClient, code: string, currency: string): Promise<void> {
  const { rows } = await db.query<{ code: string; currency: string }>(
    `SELECT v.code, coalesce(v.document ->> 'currency', 'CNY') AS currency FROM (SELECT code, state, ${readable('document')} AS document FROM campaign_version) v
     WHERE v.state = 'approved' AND coalesce(v.document ->> 'currency', 'CNY') <> $2 AND (
       EXISTS (SELECT FROM json_array_elements(v.document -> 'funders') f WHERE f ->> 'partner' = $1) OR EXISTS (
         SELECT FROM json_array_elements(v.document -> 'offers') o, json_array_elements(coalesce(o -> 'funders', '[]')) f WHERE f ->> 'partner' = $1))
     LIMIT 1`,
    [code, currency],
  )
  if (rows[0])
    throw new LijianError(
      'state_conflict',
      `Partner ${code} would be in ${currency}, and campaign ${rows[0].code}, which it funds, is in ${rows[0].currency}: give the partner another code`,
    )
}
