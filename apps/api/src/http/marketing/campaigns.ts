import {
  approveRequest,
  campaignAnswer,
  campaignPage,
  campaignShape,
  checkAnswer,
  checkQuery,
  type Campaign,
} from '@lijian/contracts/marketing'
import { LijianError, pageQuery } from '@lijian/contracts/system'
import { suspensionAnswer } from '@lijian/contracts/people'
import { parseCampaign } from '@lijian/rules'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import { codeParams, offerParams, problemResponse, shown } from '../../route-kit'
import { sameCode, shownOnly } from '../../validation'

const tag = 'campaigns'
const makers = ['campaigns.make'] as const
const checkers = ['campaigns.check'] as const
const either = ['campaigns.make', 'campaigns.check'] as const
const readers = ['read', ...either] as const
const versionQuery = z.strictObject({ version: z.coerce.number().int().min(1).optional() })
const optionalApproval = approveRequest.nullish()

export function campaignRoutes(app: Api, context: ApiContext): void {
  documents(app, context)
  check(app, context)
  approvals(app, context)
  suspensions(app, context, '/v1/campaigns/:code', codeParams.extend({ offer: z.undefined().optional() }), 'campaign')
  suspensions(app, context, '/v1/campaigns/:code/offers/:offer', offerParams, 'offer')
}

function documents(app: Api, { use, authenticate, documentsChanged }: ApiContext): void {
  const answers = { 200: example(campaignAnswer, 'campaign-answer'), default: problemResponse }
  app.put(
    '/v1/campaigns/:code',
    {
      schema: {
        ...shown({ tag, scopes: makers, summary: 'Store a campaign as a new version', description: PUT_WORDS }),
        params: codeParams,
        body: example(campaignShape, 'campaign'),
        response: answers,
      },
      validatorCompiler: shownOnly,
      onRequest: authenticate(...makers),
    },
    async ({ principal, params, body }) => {
      const campaign = valid(body)
      sameCode('code', params.code, campaign.code)
      const answer = await use.campaigns.put(campaign, principal.keyId)
      await documentsChanged()
      return answer
    },
  )
  app.get(
    '/v1/campaigns/:code',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'A campaign: its newest version, or the one asked for' }),
        params: codeParams,
        querystring: versionQuery,
        response: answers,
      },
      onRequest: authenticate(...readers),
    },
    ({ params, query }) => use.campaigns.read(params.code, query.version),
  )
  app.get(
    '/v1/campaigns',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Campaigns by code' }),
        querystring: pageQuery,
        response: { 200: campaignPage, default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.campaigns.list(query),
  )
}

/** Every error at once. */
function valid(body: unknown): Campaign {
  const parsed = parseCampaign(body)
  if (!parsed.ok) throw new LijianError('invalid_document', undefined, { errors: parsed.errors })
  return parsed.campaign
}

function check(app: Api, { use, authenticate }: ApiContext): void {
  app.post(
    '/v1/campaigns/check',
    {
      schema: {
        ...shown({
          tag,
          scopes: readers,
          summary: 'Errors or warnings of a document; stores nothing',
          description: CHECK_WORDS,
        }),
        querystring: checkQuery,
        body: example(campaignShape, 'campaign'),
        response: { 200: example(checkAnswer, 'check-answer'), default: problemResponse },
      },
      validatorCompiler: shownOnly,
      onRequest: authenticate(...readers),
    },
    ({ query, body }) => use.campaigns.check(valid(body), query),
  )
}

function approvals(app: Api, { use, authenticate, documentsChanged }: ApiContext): void {
  const schema = {
    ...shown({
      tag,
      scopes: checkers,
      summary: 'Approve the newest version: it goes live',
      description: APPROVE_WORDS,
    }),
    body: example(optionalApproval, 'approve-request'),
    response: { 200: campaignAnswer, default: problemResponse },
  }
  const onRequest = authenticate(...checkers)
  app.post(
    '/v1/campaigns/:code/approve',
    { schema: { ...schema, params: codeParams }, onRequest },
    async ({ principal, params, body }) => {
      const answer = await use.campaigns.approve(params.code, principal.keyId, body?.version)
      await documentsChanged()
      return answer
    },
  )
  app.post(
    '/v1/campaigns/:code/offers/:offer/approve',
    { schema: { ...schema, params: offerParams }, onRequest },
    async ({ principal, params, body }) => {
      const answer = await use.campaigns.approveOffer(params.code, params.offer, principal.keyId, body?.version)
      await documentsChanged()
      return answer
    },
  )
}

type OfferOrCampaign = z.ZodType<{ code: string; offer?: string }>

function suspensions(
  app: Api,
  { use, authenticate, documentsChanged }: ApiContext,
  path: string,
  params: OfferOrCampaign,
  what: string,
): void {
  const response = { 200: example(suspensionAnswer, 'suspension-answer'), default: problemResponse }
  const route = (action: 'suspend' | 'resume', summary: string) =>
    app.post(
      `${path}/${action}`,
      {
        schema: { ...shown({ tag, scopes: either, summary }), params, body: z.strictObject({}).nullish(), response },
        onRequest: authenticate(...either),
      },
      async ({ principal, params: { code, offer } }) => {
        const answer = await use.suspensions[action](code, offer, principal.keyId)
        await documentsChanged()
        return answer
      },
    )
  route('suspend', `Stop a ${what}: acts on the next payment, one person is enough`)
  route('resume', `Let a ${what} go on: the second person who asks for it resumes it`)
}

const PUT_WORDS = `A document that differs from the newest version becomes a new one, not approved; the live version stays live meanwhile.
Every error is listed at once with its path, in English and Chinese; unknown keys are refused. The form is described at /schemas/campaign.json.
What is legal but odd is named in "warnings", each with what it can be checked from; it stops nothing.`
const CHECK_WORDS = `The same errors and warnings as PUT /v1/campaigns/{code} gives. Expected cost is reckoned over a built-in distribution of amounts.`
const APPROVE_WORDS = `By another API key than the maker's. "version" is the one you have looked at: if there is a newer one, 409 version_conflict.
For an offer: allowed if nothing else of the campaign would go live with it.`
