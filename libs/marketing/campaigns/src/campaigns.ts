import { mustBeTwoPeople, suspensionOf, suspensionsUnder, type SuspensionRow } from '@lijian/approvals'
import { canonicalJson, LijianError, type PageQuery } from '@lijian/contracts/system'
import { readable } from '@lijian/contracts/text'
import type {
  Campaign,
  CampaignAnswer,
  CampaignLine,
  CampaignPage,
  CheckAnswer,
  DocumentWarning,
} from '@lijian/contracts/marketing'
import type { WarningOptions } from '@lijian/warnings'
import { CampaignEntity, CampaignVersionEntity, clientOf, pageOf } from '@lijian/database'
import type { DataSource, EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { promiseOf } from './backtests'
import { loweredLimits } from './lowered-limits'
import { lockCampaign, noOffer } from './campaign-rows'
import { currencyMustStay, fundersMustFit } from './may-go-live'
import { draftWarnings } from './warnings'

/** Campaigns: one person makes a version, another approves it (DESIGN §3, "versions"). `actor` is always the id of an API key. */
export class Campaigns {
  constructor(
    private readonly source: DataSource,
    private readonly now: () => number = Date.now,
  ) {}

  /** `found`: see `draftWarnings`. Stores a new version, not approved. The newest document sent again stays that version, so a repeated import changes nothing. */
  async put(document: Campaign, actor: string, found?: DocumentWarning[]): Promise<CampaignAnswer> {
    const { code } = document
    // Before the campaign's row is locked: a large document takes its time.
    const warnings = await draftWarnings(this.source.manager, document, { found })
    return this.source.transaction(async (manager) => {
      // Two first PUTs of one code meet here: the second waits for the first and then sees its version.
      await manager
        .createQueryBuilder()
        .insert()
        .into(CampaignEntity)
        .values({ code, latestVersion: 0 })
        .orIgnore()
        .execute()
      const campaign = await lockCampaign(manager, code)
      const latest = await manager.findOneBy(CampaignVersionEntity, { code, version: campaign.latestVersion })
      await currencyMustStay(manager, document)
      if (!latest || canonicalJson(latest.document) !== canonicalJson(document)) {
        const version = campaign.latestVersion + 1
        await manager.insert(CampaignVersionEntity, { code, version, document, state: 'not_approved', maker: actor })
        await manager.update(CampaignEntity, { code }, { latestVersion: version })
        await recordChange(manager, 'campaign', code)
      }
      return withWarnings(await readCampaign(manager, code), warnings)
    })
  }

  /** What `put` would warn of; stores nothing. */
  async check(document: Campaign, options: WarningOptions = {}, found?: DocumentWarning[]): Promise<CheckAnswer> {
    const { code, name, offers } = document
    const warnings = await draftWarnings(this.source.manager, document, { options, found })
    return { code, name, offers: offers.length, warnings }
  }

  /** Makes the newest version live. `seen` is the version that the checker has looked at: a newer one is refused. */
  approve(code: string, actor: string, seen?: number): Promise<CampaignAnswer> {
    return this.source.transaction(async (manager) => {
      const campaign = await lockCampaign(manager, code)
      const { latestVersion, liveVersion } = campaign
      if (seen !== undefined && seen !== latestVersion)
        throw new LijianError('version_conflict', `The newest version of ${code} is ${latestVersion}, not ${seen}`)
      const row = await manager.findOneByOrFail(CampaignVersionEntity, { code, version: latestVersion })
      // Approved again: told the same, also of limits.
      if (liveVersion === latestVersion)
        return withWarnings(
          await readCampaign(manager, code),
          await loweredLimits(manager, row.document, latestVersion, this.now()),
        )
      mustBeTwoPeople(row.maker, actor)
      await currencyMustStay(manager, row.document)
      await fundersMustFit(manager, row.document)
      await manager.update(
        CampaignVersionEntity,
        { code, version: latestVersion },
        { state: 'approved', checker: actor, approvedAt: () => 'now()' },
      )
      await manager.update(CampaignEntity, { code }, { liveVersion: latestVersion })
      const warnings = await loweredLimits(manager, row.document, latestVersion, this.now())
      await recordChange(manager, 'campaign', code)
      return withWarnings(await readCampaign(manager, code), warnings)
    })
  }

  /** The same for one offer: allowed when nothing else of the campaign would go live with it unseen. */
  async approveOffer(code: string, offer: string, actor: string, seen?: number): Promise<CampaignAnswer> {
    const latest = await this.read(code)
    if (!latest.document.offers.some((other) => other.code === offer)) throw noOffer(code, offer)
    const live = latest.liveVersion === undefined ? undefined : await this.read(code, latest.liveVersion)
    const others = changedBeside(latest.document, live?.document, offer)
    if (others.length > 0)
      throw new LijianError(
        'state_conflict',
        `Not only ${offer} would go live but also ${others.join(', ')}: approve ${code}`,
      )
    return this.approve(code, actor, seen ?? latest.latestVersion)
  }

  read(code: string, version?: number): Promise<CampaignAnswer> {
    return this.source.transaction((manager) => readCampaign(manager, code, version))
  }

  /** One statement, and no document leaves PostgreSQL: the console opens with this. */
  async list({ after = '', limit }: PageQuery): Promise<CampaignPage> {
    const found = await this.source.query<ListedRow[]>(LIST, [after, limit + 1])
    const { rows, next } = pageOf(found, limit, ({ code }) => code)
    return { campaigns: rows.map(lineOf), next }
  }
}

interface ListedRow {
  code: string
  name: string
  version: number
  live_version: number | null
  state: CampaignLine['state']
  maker: string
  checker: string | null
  created_at: Date
  approved_at: Date | null
  suspensions: SuspensionRow[]
}

const LIST = `
  SELECT c.code, ${readable('v.document')} ->> 'name' AS name, v.version, c.live_version, v.state, v.maker, v.checker, v.created_at, v.approved_at,
    (SELECT coalesce(json_agg(json_build_object('ref', s.ref, 'suspended_at', s.suspended_at, 'resume_requested_by', s.resume_requested_by) ORDER BY s.ref), '[]')
     FROM suspension s WHERE s.ref = c.code OR starts_with(s.ref, c.code || '/')) AS suspensions
  FROM campaign c JOIN campaign_version v ON v.code = c.code AND v.version = c.latest_version
  WHERE c.code > $1 ORDER BY c.code LIMIT $2`

const lineOf = (row: ListedRow): CampaignLine => ({
  code: row.code,
  name: row.name,
  version: row.version,
  state: row.state,
  latestVersion: row.version,
  liveVersion: row.live_version ?? undefined,
  maker: row.maker,
  checker: row.checker ?? undefined,
  createdAt: row.created_at.toISOString(),
  approvedAt: row.approved_at?.toISOString(),
  suspensions: row.suspensions.map(suspensionOf),
})

async function readCampaign(manager: EntityManager, code: string, version?: number): Promise<CampaignAnswer> {
  const campaign = await manager.findOneBy(CampaignEntity, { code })
  if (!campaign) throw new LijianError('not_found', `There is no campaign ${code}`)
  const row = await manager.findOneBy(CampaignVersionEntity, { code, version: version ?? campaign.latestVersion })
  if (!row) throw new LijianError('not_found', `Campaign ${code} has no version ${version}`)
  return {
    code,
    name: row.document.name,
    version: row.version,
    state: row.state,
    latestVersion: campaign.latestVersion,
    liveVersion: campaign.liveVersion ?? undefined,
    maker: row.maker,
    checker: row.checker ?? undefined,
    createdAt: row.createdAt.toISOString(),
    approvedAt: row.approvedAt?.toISOString(),
    suspensions: await suspensionsUnder(await clientOf(manager), code),
    promise: await promiseOf(manager, code, row.version),
    document: row.document,
  }
}

const withWarnings = (answer: CampaignAnswer, warnings: DocumentWarning[]): CampaignAnswer =>
  warnings.length === 0 ? answer : { ...answer, warnings }

/** What differs between two documents apart from one offer, in words. */
function changedBeside(next: Campaign, live: Campaign | undefined, offer: string): string[] {
  const offersOf = (document: Campaign | undefined) => new Map(document?.offers.map((o) => [o.code, canonicalJson(o)]))
  const [after, before] = [offersOf(next), offersOf(live)]
  const codes = new Set([...after.keys(), ...before.keys()])
  const offers = [...codes].filter((code) => code !== offer && after.get(code) !== before.get(code))
  const frame = (document: Campaign) => canonicalJson({ ...document, offers: [] })
  // The first version of a campaign with one offer is that offer and its frame.
  return live && frame(live) !== frame(next) ? ['the campaign itself', ...offers] : offers
}
