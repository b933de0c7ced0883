import { suspensionOf, type SuspensionRow } from '@lijian/approvals'
import type { CampaignLine, CampaignPage, CampaignQuery, OfferLine } from '@lijian/contracts/marketing'
import { pageOf, type CampaignFactsEntity } from '@lijian/database'
import type { DataSource } from 'typeorm'

type Offers = CampaignFactsEntity['offers']

interface Row {
  code: string
  name: string | null
  version: number
  live_version: number | null
  state: CampaignLine['state']
  maker: string
  checker: string | null
  created_at: Date
  approved_at: Date | null
  branch: string
  copied_from: string | null
  copied_version: number | null
  from_date: string | null
  to_date: string | null
  is_live: boolean
  newest_offers: Offers | null
  live_offers: Offers | null
  suspensions: SuspensionRow[]
}

/** A thousand offers each: more lines than these make no page that anybody reads. */
const LINES_WITH_OFFERS_MAX = 50

const SUSPENDED = `EXISTS (SELECT FROM suspension s WHERE s.ref = c.code)`
/** Groups in force that the merchant is in. */
const GROUPS_OF = `SELECT m.code FROM merchant_group_member m JOIN merchant_group g ON g.code = m.code
  WHERE m.merchant = $6 AND m.from_version <= g.version AND (m.to_version IS NULL OR m.to_version > g.version)`
const LIVE = `(c.live_version IS NOT NULL AND NOT ${SUSPENDED} AND coalesce(
  (to_timestamp($3::float8 / 1000) AT TIME ZONE l.time_zone)::date::text COLLATE "C" BETWEEN l.from_date AND coalesce(l.to_date, '9999-12-31'), false))`

/** No document is read: lists go by what a trigger has noted of each version. */
const LIST = `
  SELECT c.code, f.name, v.version, c.live_version, v.state, v.maker, v.checker, v.created_at, v.approved_at, c.branch, c.copied_from, c.copied_version,
    f.from_date, f.to_date, ${LIVE} AS is_live, CASE WHEN $10 THEN f.offers END AS newest_offers, CASE WHEN $10 THEN l.offers END AS live_offers,
    (SELECT coalesce(json_agg(json_build_object('ref', s.ref, 'suspended_at', s.suspended_at, 'resume_requested_by', s.resume_requested_by) ORDER BY s.ref), '[]')
     FROM suspension s WHERE s.ref = c.code OR starts_with(s.ref, c.code || '/')) AS suspensions
  FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version = c.latest_version
  JOIN campaign_facts f ON f.code = c.code AND f.version = c.latest_version
  LEFT JOIN campaign_facts l ON l.code = c.code AND l.version = c.live_version
  WHERE c.code > $1
    AND CASE $4::text WHEN 'suspended' THEN EXISTS (SELECT FROM suspension s WHERE s.ref = c.code OR starts_with(s.ref, c.code || '/'))
      ELSE $4 IS NULL OR v.state = $4 END
    AND ($5::text IS NULL OR strpos(lower(c.code), lower($5)) > 0 OR strpos(lower(f.name), lower($5)) > 0)
    AND ($6::text IS NULL OR f.any_merchant OR l.any_merchant OR $6 = ANY (f.merchants) OR $6 = ANY (l.merchants)
      OR (f.merchant_groups || coalesce(l.merchant_groups, '{}')) && ARRAY(${GROUPS_OF}))
    AND ($7::text IS NULL OR $7 = ANY (f.partners) OR $7 = ANY (l.partners))
    AND ($8::text IS NULL OR c.branch IN (WITH RECURSIVE below AS (
      SELECT code FROM branch WHERE code = $8 UNION SELECT b.code FROM branch b JOIN below ON b.parent = below.code) SELECT code FROM below))
    AND ($9::boolean IS NULL OR ${LIVE} = $9)
  ORDER BY c.code LIMIT $2`

/** One statement: the console opens with this. */
export async function listCampaigns(source: DataSource, query: CampaignQuery, nowMs: number): Promise<CampaignPage> {
  const { after = '', state = null, q = null, merchant = null, partner = null, branch = null, live } = query
  const isWithOffers = query.offers === 'true'
  const limit = isWithOffers ? Math.min(query.limit, LINES_WITH_OFFERS_MAX) : query.limit
  const isLive = live === undefined ? null : live === 'true'
  const values = [after, limit + 1, nowMs, state, q, merchant, partner, branch, isLive, isWithOffers]
  const { rows, next } = pageOf(await source.query<Row[]>(LIST, values), limit, ({ code }) => code)
  return { campaigns: rows.map(lineOf), next }
}

const lineOf = (row: Row): CampaignLine => ({
  code: row.code,
  name: row.name ?? '',
  version: row.version,
  state: row.state,
  latestVersion: row.version,
  liveVersion: row.live_version ?? undefined,
  maker: row.maker,
  checker: row.checker ?? undefined,
  createdAt: row.created_at.toISOString(),
  approvedAt: row.approved_at?.toISOString(),
  branch: row.branch,
  copiedFrom: copiedFrom(row.copied_from, row.copied_version),
  from: row.from_date ?? '',
  to: row.to_date ?? undefined,
  live: row.is_live,
  suspensions: row.suspensions.map(suspensionOf),
  ...(row.newest_offers === null ? {} : { offers: offersOf(row, row.newest_offers) }),
})

export const copiedFrom = (campaign: string | null, version: number | null): CampaignLine['copiedFrom'] =>
  campaign === null || version === null ? undefined : { campaign, version }

/** Those of the newest version in its order, then those that only the live one has. */
function offersOf({ code, live_offers, suspensions }: Row, newest: Offers): OfferLine[] {
  const live = new Map((live_offers ?? []).map((offer) => [offer.code, offer]))
  const refs = new Set(suspensions.map(({ ref }) => ref))
  const line = ({ code: offer, name, kind }: Offers[number], state: OfferLine['state']): OfferLine => ({
    code: offer,
    name,
    kind,
    state,
    suspended: refs.has(code) || refs.has(`${code}/${offer}`),
  })
  const shown = newest.map((offer) => {
    const before = live.get(offer.code)
    live.delete(offer.code)
    return line(offer, before === undefined ? 'new' : before.hash === offer.hash ? 'approved' : 'changed')
  })
  return [...shown, ...[...live.values()].map((offer) => line(offer, 'removed'))]
}
