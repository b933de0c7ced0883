import { mustBeTwoPeople, whoIs, type Proposal, type ProposalKind, type Proposals } from '@lijian/approvals'
import type { Campaign } from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import { readable } from '@lijian/contracts/text'
import { recordChange } from '@lijian/live-config'
import type { PoolClient } from 'pg'
import { currencyMustStay, fundersMustFit } from './may-go-live'

export const CAMPAIGN = 'campaign'

/** What an approver is shown: the version that is live, and the one that would be. */
export interface CampaignBody {
  version: number
  document: Campaign
}

/** A version goes live when another person has approved it (DESIGN §3, "versions"). A later version takes the place of one that waits. */
export const campaignKind: ProposalKind<CampaignBody> = {
  replaces: true,
  async before(db, code) {
    // As every change of a campaign: one after another.
    await db.query('SELECT FROM campaign WHERE code = $1 FOR UPDATE', [code])
    const { rows } = await db.query<CampaignBody>(
      `SELECT v.version, ${readable('v.document')} AS document FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version = c.live_version WHERE c.code = $1`,
      [code],
    )
    return rows[0] ?? null
  },
  async branch(db, code) {
    const { rows } = await db.query<{ branch: string }>('SELECT branch FROM campaign WHERE code = $1', [code])
    return rows[0]?.branch
  },
  amountFen: ({ document }) => budgetFen(document),
  async apply(db, { subject, body }, checker) {
    const { rows } = await db.query<{ latest: number; maker: string; document: Campaign }>(
      `SELECT c.latest_version AS latest, v.maker, v.document FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version = $2 WHERE c.code = $1`,
      [subject, body.version],
    )
    const row = rows[0]
    if (row === undefined || row.latest !== body.version)
      throw new LijianError(
        'version_conflict',
        `The newest version of ${subject} is ${row?.latest ?? 'another one'}, not ${body.version}`,
      )
    // Somebody else may have sent the version once more: who has written it does not approve it either.
    mustBeTwoPeople((await whoIs(db, row.maker)).person, (await whoIs(db, checker)).person)
    await currencyMustStay(db, row.document)
    await fundersMustFit(db, row.document)
    await db.query(
      `UPDATE campaign_version SET state = 'approved', checker = $3, approved_at = now() WHERE code = $1 AND version = $2`,
      [subject, body.version, checker],
    )
    await db.query('UPDATE campaign SET live_version = $2 WHERE code = $1', [subject, body.version])
    await recordChange(db, 'campaign', subject)
  },
}

/** What a campaign may give at most, for policies: its own budget, else those of its offers; undefined: it has none. */
function budgetFen({ budget, offers }: Campaign): number | undefined {
  if (budget?.amount !== undefined) return budget.amount
  const own = offers.flatMap((offer) => offer.budget?.amount ?? [])
  return own.length === 0
    ? undefined
    : Math.min(
        Number.MAX_SAFE_INTEGER,
        own.reduce((sum, fen) => sum + fen, 0),
      )
}

/** A new version waits, in the database transaction that stores it. */
export const proposeVersion = (
  proposals: Proposals,
  db: PoolClient,
  { code, version, document, actor }: { code: string; version: number; document: Campaign; actor: string },
): Promise<Proposal> =>
  proposals.proposeIn(db, { kind: CAMPAIGN, subject: code, request: { version, document }, actor })
