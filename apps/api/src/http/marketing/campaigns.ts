import {
  approveRequest,
  campaignAnswer,
  campaignPage,
  campaignQuery,
  campaignShape,
  campaignUsage,
  checkAnswer,
  checkQuery,
  compareAnswer,
  compareQuery,
  copyRequest,
  type Campaign,
  type DocumentWarning,
  usageQuery,
} from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import { suspensionAnswer } from '@lijian/contracts/people'
import { parseCampaign } from '@lijian/rules'
import { documentWarnings, type WarningOptions } from '@lijian/warnings'
import { z } from 'zod'
import { example } from '../../examples'
import { ownBranch } from '../../own-branch'
import { codeParams, offerParams } from '../../params'
import { polled } from '../../polled'
import { sameCode } from '../../validation'
import { endpoint } from './wing'

const tag = 'campaigns'
const makers = ['campaigns.make'] as const
const checkers = ['campaigns.check'] as const
const either = ['campaigns.make', 'campaigns.check'] as const
const readers = ['read.marketing', ...either] as const
const versionQuery = z.strictObject({ version: z.coerce.number().int().min(1).optional() })

interface Draft {
  campaign: Campaign
  /** What is odd about it, where another thread has looked. */
  found?: DocumentWarning[]
}

/** Every error at once. */
const DRAFT = {
  digest(body: unknown): Draft {
    const parsed = parseCampaign(body)
    if (!parsed.ok) throw new LijianError('invalid_document', undefined, { errors: parsed.errors })
    return { campaign: parsed.campaign }
  },
  ahead: ({ campaign }: Draft, options?: WarningOptions): Draft => ({
    campaign,
    found: documentWarnings(campaign, options),
  }),
}

const documents = [
  endpoint(
    {
      operationId: 'putCampaign',
      method: 'PUT',
      path: '/v1/campaigns/:code',
      tag,
      scopes: makers,
      summary: 'Store a campaign as a new version',
      description: `A document that differs from the newest version becomes a new one, not approved; the live version stays live meanwhile.
A new campaign belongs to the branch of the person that makes it; that of a key belongs to head office.
Every error is listed at once with its path, in English and Chinese; unknown keys are refused. The form is described at /schemas/campaign.json.
What is legal but odd is named in "warnings", each with what it can be checked from; it stops nothing.`,
      params: codeParams,
      body: example(campaignShape, 'campaign'),
      reads: 'unchecked',
      ...DRAFT,
      answer: example(campaignAnswer, 'campaign-answer'),
    },
    async ({ campaigns, documentsChanged }, { principal, params, body }) => {
      sameCode('code', params.code, body.campaign.code)
      const answer = await campaigns.put(body.campaign, principal.keyId, body.found, {
        branch: principal.person?.branch,
      })
      await documentsChanged()
      return answer
    },
  ),
  endpoint(
    {
      operationId: 'readCampaign',
      method: 'GET',
      path: '/v1/campaigns/:code',
      tag,
      scopes: readers,
      summary: 'A campaign: its newest version, or the one asked for',
      params: codeParams,
      query: versionQuery,
      answer: example(campaignAnswer, 'campaign-answer'),
    },
    ({ campaigns }, { params, query }) => campaigns.read(params.code, query.version),
  ),
  endpoint(
    {
      operationId: 'listCampaigns',
      method: 'GET',
      path: '/v1/campaigns',
      tag,
      scopes: readers,
      summary: 'Campaigns by code, as far as the filters let them through',
      query: campaignQuery,
      answer: campaignPage,
    },
    async ({ campaigns, pool }, { query, principal }) =>
      campaigns.list({ ...query, branch: await ownBranch({ pool }, principal, query.branch) }),
  ),
  endpoint(
    {
      operationId: 'readCampaignUsage',
      method: 'GET',
      path: '/v1/campaigns/:code/usage',
      tag,
      scopes: readers,
      summary: 'What each limit and budget of a campaign has left',
      description: `Made to be polled: with If-None-Match it is 304 while nothing has changed. A limit per merchant, card and the like has a counter for each;
they are counted at most once a minute, and the one of \`merchant\` is shown.`,
      params: codeParams,
      query: usageQuery,
      answer: campaignUsage,
    },
    async ({ usages }, { params, query, headers }, reply) =>
      polled(headers, reply, await usages.read(params.code, query)),
  ),
  endpoint(
    {
      operationId: 'compareCampaign',
      method: 'GET',
      path: '/v1/campaigns/:code/compare',
      tag,
      scopes: readers,
      summary: 'What differs between two versions: path, before, after',
      params: codeParams,
      query: compareQuery,
      answer: compareAnswer,
    },
    ({ campaigns }, { params, query }) => campaigns.compare(params.code, query),
  ),
  endpoint(
    {
      operationId: 'copyCampaign',
      method: 'POST',
      path: '/v1/campaigns/:code/copy',
      tag,
      scopes: makers,
      summary: 'A new draft under another code, which remembers where it came from',
      description: `The copy is not approved; it belongs to the branch of whoever copies, or to that of the original where a key does. Its offers keep their codes. Sent again, it is the copy that is there;
a code that another campaign has is 409.`,
      params: codeParams,
      body: example(copyRequest, 'copy-request'),
      answer: example(campaignAnswer, 'campaign-answer'),
    },
    async ({ campaigns, documentsChanged }, { principal, params, body }) => {
      const answer = await campaigns.copy(params.code, body, principal.keyId, principal.person?.branch)
      await documentsChanged()
      return answer
    },
  ),
  endpoint(
    {
      operationId: 'checkCampaign',
      method: 'POST',
      path: '/v1/campaigns/check',
      tag,
      scopes: readers,
      summary: 'Errors or warnings of a document; stores nothing',
      description: `The same errors and warnings as PUT /v1/campaigns/{code} gives. Expected cost is reckoned over a built-in distribution of amounts.`,
      query: checkQuery,
      body: example(campaignShape, 'campaign'),
      reads: 'unchecked',
      ...DRAFT,
      answer: example(checkAnswer, 'check-answer'),
    },
    ({ campaigns }, { query, body }) => campaigns.check(body.campaign, query, body.found),
  ),
]

const approval = {
  method: 'POST',
  tag,
  scopes: checkers,
  summary: 'Approve the newest version: it goes live',
  description: `By another person than its maker. "hash" is that of the campaign as you were shown it: what has changed since is refused with changed_since.
"version" is the one you have looked at: if there is a newer one, 409 version_conflict.
For an offer: allowed if nothing else of the campaign would go live with it.`,
  body: example(approveRequest, 'approve-request'),
  answer: campaignAnswer,
} as const

const approvals = [
  endpoint(
    {
      ...approval,
      operationId: 'approveCampaign',
      strong: true,
      path: '/v1/campaigns/:code/approve',
      params: codeParams,
    },
    async ({ campaigns, documentsChanged }, { principal, params, body }) => {
      const answer = await campaigns.approve(params.code, principal.keyId, body)
      await documentsChanged()
      return answer
    },
  ),
  endpoint(
    {
      ...approval,
      operationId: 'approveOffer',
      path: '/v1/campaigns/:code/offers/:offer/approve',
      strong: true,
      params: offerParams,
    },
    async ({ campaigns, documentsChanged }, { principal, params, body }) => {
      const answer = await campaigns.approveOffer(params.code, params.offer, principal.keyId, body)
      await documentsChanged()
      return answer
    },
  ),
]

/** A campaign, or one offer of it. */
const WHAT = {
  campaign: {
    Name: 'Campaign',
    path: '/v1/campaigns/:code',
    params: codeParams.extend({ offer: z.undefined().optional() }),
  },
  offer: { Name: 'Offer', path: '/v1/campaigns/:code/offers/:offer', params: offerParams },
} as const

const stopOrResume = (what: keyof typeof WHAT, action: 'suspend' | 'resume', summary: string) =>
  endpoint(
    {
      operationId: `${action}${WHAT[what].Name}`,
      method: 'POST',
      path: `${WHAT[what].path}/${action}`,
      tag,
      scopes: either,
      summary,
      params: WHAT[what].params as z.ZodType<{ code: string; offer?: string }>,
      body: z.strictObject({}).nullish(),
      // Stopping asks for nothing: it is urgent, and one person is enough.
      ...(action === 'resume' ? { strong: true as const } : {}),
      answer: example(suspensionAnswer, 'suspension-answer'),
    },
    async ({ suspensions, documentsChanged }, { principal, params: { code, offer } }) => {
      const answer = await suspensions[action](code, offer, principal.keyId)
      await documentsChanged()
      return answer
    },
  )

const suspensions = (['campaign', 'offer'] as const).flatMap((what) => [
  stopOrResume(what, 'suspend', `Stop a ${what}: acts on the next payment, one person is enough`),
  stopOrResume(what, 'resume', `Let a ${what} go on: the second person who asks for it resumes it`),
])

export const campaignEndpoints = [...documents, ...approvals, ...suspensions]
