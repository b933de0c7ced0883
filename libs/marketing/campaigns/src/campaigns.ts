import { lockSubject, Proposals, suspensionsUnder, whoIs, type Proposal } from '@lijian/approvals'
import { changesOf } from '@lijian/contracts/people'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import type {
  Campaign,
  CampaignAnswer,
  CampaignOrigin,
  CampaignPage,
  CampaignQuery,
  CopyRequest,
  CheckAnswer,
  CompareAnswer,
  CompareQuery,
  DocumentWarning,
} from '@lijian/contracts/marketing'
import type { WarningOptions } from '@lijian/warnings'
import { CampaignEntity, CampaignVersionEntity, clientOf, poolOf } from '@lijian/database'
import type { DataSource, EntityManager } from 'typeorm'
import { recordChange } from '@lijian/live-config'
import { promiseOf } from './backtests'
import { CAMPAIGN, campaignKind, proposeVersion, type CampaignBody } from './campaign-kind'
import { copyCampaign } from './campaign-copy'
import { copiedFrom, listCampaigns } from './campaign-list'
import { documentChanges } from './document-changes'
import { loweredLimits } from './lowered-limits'
import { lockCampaign, noOffer } from './campaign-rows'
import { currencyMustStay } from './may-go-live'
import { isFromElsewhere, originOf, rememberOrigin } from './origin'
import { draftWarnings } from './warnings'

/** What a checker has looked at. */
export interface Seen {
  /** Of the proposal: see CampaignAnswer. */
  hash?: string | undefined
  version?: number | undefined
}

/** Campaigns: one person makes a version, another approves it (DESIGN §3, "versions"). `actor` is the id of a key or person. */
export class Campaigns {
  private readonly proposals: Proposals

  constructor(
    private readonly source: DataSource,
    private readonly now: () => number = Date.now,
  ) {
    this.proposals = new Proposals(poolOf(source), { [CAMPAIGN]: campaignKind })
  }

  /**
   * `found`: see `draftWarnings`. Stores a new version, not approved. The newest document sent again stays that version, so a repeated import changes
   * nothing. `origin`: the template it was made from. `branch`: whose a new campaign is; absent: that of the person who makes it.
   */
  async put(
    document: Campaign,
    actor: string,
    found?: DocumentWarning[],
    { origin, branch }: { origin?: CampaignOrigin | undefined; branch?: string | undefined } = {},
  ): Promise<CampaignAnswer> {
    const { code } = document
    // Before the campaign's row is locked: a large document takes its time.
    const warnings = await draftWarnings(this.source.manager, document, { found })
    return this.source.transaction(async (manager) => {
      const db = await clientOf(manager)
      await lockSubject(db, CAMPAIGN, code)
      const whose = branch ?? (await whoIs(db, actor)).branch
      // Two first PUTs of one code meet here: the second waits for the first and then sees its version.
      await manager
        .createQueryBuilder()
        .insert()
        .into(CampaignEntity)
        .values({ code, latestVersion: 0, ...(whose === undefined ? {} : { branch: whose }) })
        .orIgnore()
        .execute()
      const campaign = await lockCampaign(manager, code)
      const latest = await manager.findOneBy(CampaignVersionEntity, { code, version: campaign.latestVersion })
      await currencyMustStay(db, document)
      if (
        !latest ||
        canonicalJson(latest.document) !== canonicalJson(document) ||
        (await isFromElsewhere(manager, latest, origin))
      ) {
        const version = campaign.latestVersion + 1
        await manager.insert(CampaignVersionEntity, { code, version, document, state: 'not_approved', maker: actor })
        if (origin !== undefined) await rememberOrigin(manager, code, version, origin)
        await manager.update(CampaignEntity, { code }, { latestVersion: version })
        await proposeVersion(this.proposals, db, { code, version, document, actor })
        await recordChange(manager, 'campaign', code)
      } else if (latest.state === 'not_approved' && !(await this.proposals.openOf(CAMPAIGN, code, db)))
        // Rejected, expired, or of a release before: it waits once more.
        await proposeVersion(this.proposals, db, { code, version: latest.version, document, actor })
      return withWarnings(await this.readIn(manager, code), warnings)
    })
  }

  /** What `put` would warn of; stores nothing. */
  async check(document: Campaign, options: WarningOptions = {}, found?: DocumentWarning[]): Promise<CheckAnswer> {
    const { code, name, offers } = document
    const warnings = await draftWarnings(this.source.manager, document, { options, found })
    return { code, name, offers: offers.length, warnings }
  }

  /** Makes the newest version live. `seen`: what the checker has looked at; a newer version is refused, and so is another hash. */
  async approve(code: string, actor: string, seen: Seen): Promise<CampaignAnswer> {
    const { latestVersion, liveVersion, proposal } = await this.read(code)
    if (seen.version !== undefined && seen.version !== latestVersion)
      throw new LijianError(
        'version_conflict',
        `The newest version of ${code} is ${latestVersion}, not ${seen.version}`,
      )
    // Approved again: told the same, also of limits.
    if (liveVersion === latestVersion) return this.approved(code)
    if (proposal === undefined)
      throw new LijianError('state_conflict', `Nothing of ${code} waits for a second person: store its document again`)
    if (seen.hash === undefined)
      throw new LijianError('invalid_request', undefined, {
        errors: [{ path: 'hash', message: 'expected the "hash" of the campaign as you were shown it' }],
      })
    try {
      await this.proposals.approve(proposal, seen.hash, actor)
    } catch (error) {
      const isSame =
        error instanceof LijianError && error.code === 'state_conflict' && error.extra['state'] === 'approved'
      if (!isSame) throw error
    }
    return this.approved(code)
  }

  /** The same for one offer: allowed when nothing else of the campaign would go live with it unseen. */
  async approveOffer(code: string, offer: string, actor: string, seen: Seen): Promise<CampaignAnswer> {
    const latest = await this.read(code)
    if (!latest.document.offers.some((other) => other.code === offer)) throw noOffer(code, offer)
    const live = latest.liveVersion === undefined ? undefined : await this.read(code, latest.liveVersion)
    const others = changedBeside(latest.document, live?.document, offer)
    if (others.length > 0)
      throw new LijianError(
        'state_conflict',
        `Not only ${offer} would go live but also ${others.join(', ')}: approve ${code}`,
      )
    return this.approve(code, actor, { ...seen, version: seen.version ?? latest.latestVersion })
  }

  /** As of one moment: between two statements another person may approve. */
  read(code: string, version?: number): Promise<CampaignAnswer> {
    return this.source.transaction('REPEATABLE READ', (manager) => this.readIn(manager, code, version))
  }

  /** A new draft under another code; the same again is the copy that is there. Throws LijianError not_found, state_conflict. */
  copy(code: string, request: CopyRequest, actor: string, branch?: string): Promise<CampaignAnswer> {
    return this.source.transaction(async (manager) => {
      await copyCampaign(manager, code, request, { actor, branch, proposals: this.proposals })
      return this.readIn(manager, request.code)
    })
  }

  /** Two versions of one campaign. Throws LijianError not_found. */
  async compare(code: string, query: CompareQuery): Promise<CompareAnswer> {
    const after = await this.read(code, query.to)
    const from = query.from ?? after.liveVersion
    const before = from === undefined ? {} : (await this.read(code, from)).document
    return {
      ...{ campaign: code, from, to: after.version },
      ...documentChanges(before, after.document),
      words: changesOf(before, after.document),
    }
  }

  list(query: CampaignQuery): Promise<CampaignPage> {
    return listCampaigns(this.source, query, this.now())
  }

  private approved(code: string): Promise<CampaignAnswer> {
    return this.source.transaction(async (manager) => {
      const answer = await this.readIn(manager, code)
      return withWarnings(answer, await loweredLimits(manager, answer.document, answer.version, this.now()))
    })
  }

  private async readIn(manager: EntityManager, code: string, version?: number): Promise<CampaignAnswer> {
    const answer = await readCampaign(manager, code, version)
    const waits = answer.version === answer.latestVersion && answer.state === 'not_approved'
    const open = waits ? await this.proposals.openOf(CAMPAIGN, code, await clientOf(manager)) : undefined
    return open === undefined || !isOf(open, answer.version)
      ? answer
      : { ...answer, proposal: open.id, hash: open.hash }
  }
}

const isOf = ({ body }: Proposal, version: number): boolean => (body as CampaignBody).version === version

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
    branch: campaign.branch,
    copiedFrom: copiedFrom(campaign.copiedFrom, campaign.copiedVersion),
    suspensions: await suspensionsUnder(await clientOf(manager), code),
    promise: await promiseOf(manager, code, row.version),
    origin: await originOf(manager, code, row.version),
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
