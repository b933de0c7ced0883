import { proposalAnswerOf, type Proposals } from '@lijian/approvals'
import type { Campaigns } from '@lijian/campaigns'
import type {
  CampaignAnswer,
  FromTemplateRequest,
  MadeCampaigns,
  RuleTemplate,
  RuleTemplateAnswer,
  RuleTemplatePage,
  RuleTemplateQuery,
  RuleTemplateVersions,
  TemplatePreview,
  TemplatePreviewRequest,
} from '@lijian/contracts/marketing'
import { LijianError, type PageQuery } from '@lijian/contracts/system'
import { clientOf, pageOf } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import type { DataSource } from 'typeorm'
import { templateErrors } from './check-template'
import type { Asked } from './asked'
import { lockWaiting, TEMPLATE_KIND, type ProposedTemplate } from './kind'
import { makeCampaign, type MadeCampaign } from './make-campaign'
import { lineOf, mustExist, readTemplate, retireTemplate, storeTemplate, versionsWith, type VersionRow } from './store'

/** Rule templates: campaigns with holes, whose parameters people fill. `actor` is always the id of an API key or person. */
export class Templates {
  constructor(
    private readonly source: DataSource,
    /** For what is only read. */
    private readonly pool: Pool,
    private readonly campaigns: Campaigns,
    private readonly proposals: Proposals,
  ) {}

  /** Stores a version and proposes it: from its approval on campaigns are made from it. */
  async put(document: RuleTemplate, actor: string): Promise<RuleTemplateAnswer> {
    const errors = templateErrors(document)
    if (errors.length > 0) throw new LijianError('invalid_document', undefined, { errors })
    return this.source.transaction(async (manager) => {
      const db = await clientOf(manager)
      // As an approval does: what waits first, then the template. The other way round two would wait for each other.
      await lockWaiting(db, document.code)
      const version = await storeTemplate(db, document, actor)
      return this.waiting(db, await readTemplate(db, document.code, version), actor)
    })
  }

  /** One proposal waits for each template: the row of the template is locked, so two that come at once find the same. */
  private async waiting(db: PoolClient, template: RuleTemplateAnswer, actor: string): Promise<RuleTemplateAnswer> {
    const { code, version, state, document } = template
    if (state !== 'not_approved') return template
    const open = await this.proposals.openOf(TEMPLATE_KIND, code, db)
    const isThis = (open?.body as ProposedTemplate | undefined)?.version === version
    const request: ProposedTemplate = { version, document }
    const proposal =
      open !== undefined && isThis
        ? open
        : await this.proposals.proposeIn(db, { kind: TEMPLATE_KIND, subject: code, request, actor })
    return { ...template, proposal: proposalAnswerOf(proposal) }
  }

  retire(code: string): Promise<RuleTemplateAnswer> {
    return this.source.transaction(async (manager) => {
      const db = await clientOf(manager)
      await retireTemplate(db, code)
      return readTemplate(db, code)
    })
  }

  read(code: string, version?: number): Promise<RuleTemplateAnswer> {
    return readTemplate(this.pool, code, version)
  }

  async list({ after = '', limit, q, state }: RuleTemplateQuery): Promise<RuleTemplatePage> {
    const { rows: found } = await this.pool.query<VersionRow>(
      `${versionsWith(NAMES)} WHERE v.version = t.latest_version AND t.code > $1 AND ($3::text IS NULL OR v.state = $3)
         AND ($4::text IS NULL OR position(lower($4) IN lower(v.code || ' ' || (v.document -> 'names' ->> 'en') || ' ' || (v.document -> 'names' ->> 'zh-CN'))) > 0)
       ORDER BY t.code LIMIT $2`,
      [after, limit + 1, state ?? null, q ?? null],
    )
    const { rows, next } = pageOf(found, limit, ({ code }) => code)
    return { templates: rows.map(lineOf), next }
  }

  /** Newest first. */
  async versions(code: string, { after, limit }: PageQuery): Promise<RuleTemplateVersions> {
    const { rows: found } = await this.pool.query<VersionRow>(
      `${versionsWith(NAMES)} WHERE t.code = $1 AND ($2::int IS NULL OR v.version < $2) ORDER BY v.version DESC LIMIT $3`,
      [code, after === undefined ? null : versionAfter(after), limit + 1],
    )
    if (found.length === 0) await mustExist(this.pool, code)
    const { rows, next } = pageOf(found, limit, ({ version }) => String(version))
    return { versions: rows.map(lineOf), next }
  }

  /** Which versions of campaigns came from a template, or from one version of it. */
  async campaignsOf(code: string, version: number | undefined, { after, limit }: PageQuery): Promise<MadeCampaigns> {
    const [campaign, ofCampaign] = after === undefined ? ['', 0] : cursorOf(after)
    const { rows: found } = await this.pool.query<MadeRow>(MADE, [
      code,
      version ?? null,
      campaign,
      ofCampaign,
      limit + 1,
    ])
    if (found.length === 0) await readTemplate(this.pool, code, version)
    const { rows, next } = pageOf(found, limit, (row) => `${row.code}/${row.version}`)
    return { campaigns: rows.map(madeOf), next }
  }

  /** What would be made, with its warnings; stores nothing. */
  async preview(code: string, { version, ...asked }: TemplatePreviewRequest): Promise<TemplatePreview> {
    const template = await readTemplate(this.pool, code, version)
    const { document } = template
    const made = madeOrErrors(document, { ...asked, code: asked.code ?? document.campaignCode })
    const { warnings } = await this.campaigns.check(made.campaign)
    const { parameters, sentences, campaign } = made
    return { template: code, version: template.version, parameters, sentences, warnings, document: campaign }
  }

  /** Stores a version of a campaign, not approved, which remembers where it came from. */
  async makeCampaign(request: FromTemplateRequest, actor: string): Promise<CampaignAnswer> {
    const { template: code, version: seen, ...asked } = request
    const template = await readTemplate(this.pool, code, seen).catch(namingTemplate)
    const version = seen ?? template.approvedVersion
    if (version === undefined || version !== template.approvedVersion)
      throw new LijianError(
        'state_conflict',
        template.approvedVersion === undefined
          ? `No version of rule template ${code} is approved`
          : `Version ${template.approvedVersion} of rule template ${code} is the approved one, not ${version}`,
      )
    const { document } = template.version === version ? template : await readTemplate(this.pool, code, version)
    const { campaign, parameters } = madeOrErrors(document, asked)
    return this.campaigns.put(campaign, actor, undefined, { origin: { template: code, version, parameters } })
  }
}

/** Of the document a line shows the names only. */
const NAMES = `json_build_object('names', v.document -> 'names')`

function madeOrErrors(template: RuleTemplate, asked: Asked): MadeCampaign {
  const made = makeCampaign(template, asked)
  if (!made.ok) throw new LijianError('invalid_document', undefined, { errors: made.errors })
  return made
}

/** The address names no template here: the body does. */
function namingTemplate(error: unknown): never {
  if (!(error instanceof LijianError) || error.code !== 'not_found') throw error
  const path = error.detail.includes('has no version') ? 'version' : 'template'
  throw new LijianError('invalid_document', undefined, {
    errors: [{ path, message: `expected a stored rule template` }],
  })
}

interface MadeRow {
  code: string
  version: number
  template_version: number
  state: 'not_approved' | 'approved'
  is_live: boolean
  maker: string
  created_at: Date
}

const MADE = `
  SELECT o.code, o.version, o.template_version, v.state, coalesce(c.live_version = o.version, false) AS is_live, v.maker, v.created_at
  FROM campaign_origin o JOIN campaign_version v ON v.code = o.code AND v.version = o.version JOIN campaign c ON c.code = o.code
  WHERE o.template = $1 AND ($2::int IS NULL OR o.template_version = $2) AND (o.code, o.version) > ($3, $4)
  ORDER BY o.code, o.version LIMIT $5`

const madeOf = (row: MadeRow): MadeCampaigns['campaigns'][number] => ({
  campaign: row.code,
  version: row.version,
  templateVersion: row.template_version,
  state: row.state,
  isLive: row.is_live,
  maker: row.maker,
  createdAt: row.created_at.toISOString(),
})

const wrongCursor = () =>
  new LijianError('invalid_request', undefined, {
    errors: [{ path: 'after', message: 'expected the "next" of the page before' }],
  })

function versionAfter(after: string): number {
  if (!/^[1-9]\d{0,8}$/.test(after)) throw wrongCursor()
  return Number(after)
}

function cursorOf(after: string): [campaign: string, version: number] {
  const [, campaign, version] = /^([A-Za-z0-9._-]{1,64})\/([1-9]\d{0,8})$/.exec(after) ?? []
  if (campaign === undefined) throw wrongCursor()
  return [campaign, Number(version)]
}
