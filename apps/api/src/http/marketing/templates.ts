import {
  campaignAnswer,
  fromTemplateRequest,
  madeCampaigns,
  ruleTemplate,
  ruleTemplateAnswer,
  ruleTemplatePage,
  ruleTemplateQuery,
  ruleTemplateVersions,
  templatePreview,
  templatePreviewRequest,
} from '@lijian/contracts/marketing'
import { pageQuery } from '@lijian/contracts/system'
import { z } from 'zod'
import { example } from '../../examples'
import { codeParams } from '../../params'
import { sameCode } from '../../validation'
import { endpoint } from './wing'

const tag = 'rule templates'
const makers = ['campaigns.make'] as const
const checkers = ['campaigns.check'] as const
const readers = ['read.marketing', 'campaigns.make', 'campaigns.check'] as const
const version = z.coerce.number().int().min(1).max(2_147_483_647).optional()

const documents = [
  endpoint(
    {
      operationId: 'putRuleTemplate',
      method: 'PUT',
      path: '/v1/rule-templates/:code',
      tag,
      scopes: makers,
      summary: 'Store a rule template as a new version',
      description: `A campaign document with holes, and the JSON Schema of what fills them. It is tried with its defaults; every error is listed at once.
A document that differs from the newest version becomes a new one, which waits as "proposal" for another person: POST /v1/proposals/{id}/approve.
Campaigns are made from the approved version meanwhile.`,
      params: codeParams,
      body: example(ruleTemplate, 'rule-template'),
      reads: 'document',
      answer: ruleTemplateAnswer,
    },
    ({ templates }, { principal, params, body }) => {
      sameCode('code', params.code, body.code)
      return templates.put(body, principal.keyId)
    },
  ),
  endpoint(
    {
      operationId: 'readRuleTemplate',
      method: 'GET',
      path: '/v1/rule-templates/:code',
      tag,
      scopes: readers,
      summary: 'A rule template: its newest version, or the one asked for',
      params: codeParams,
      query: z.strictObject({ version }),
      answer: ruleTemplateAnswer,
    },
    ({ templates }, { params, query }) => templates.read(params.code, query.version),
  ),
  endpoint(
    {
      operationId: 'listRuleTemplates',
      method: 'GET',
      path: '/v1/rule-templates',
      tag,
      scopes: readers,
      summary: 'Rule templates by code, each with its newest version',
      query: ruleTemplateQuery,
      answer: ruleTemplatePage,
    },
    ({ templates }, { query }) => templates.list(query),
  ),
  endpoint(
    {
      operationId: 'listRuleTemplateVersions',
      method: 'GET',
      path: '/v1/rule-templates/:code/versions',
      tag,
      scopes: readers,
      summary: 'Versions of a rule template, newest first',
      params: codeParams,
      query: pageQuery,
      answer: ruleTemplateVersions,
    },
    ({ templates }, { params, query }) => templates.versions(params.code, query),
  ),
  endpoint(
    {
      operationId: 'retireRuleTemplate',
      method: 'POST',
      path: '/v1/rule-templates/:code/retire',
      tag,
      scopes: checkers,
      summary: 'Take a rule template out of use: one person is enough',
      description: `No campaign is made from it until another version is approved. Campaigns that came from it go on.`,
      params: codeParams,
      body: z.strictObject({}).nullish(),
      answer: ruleTemplateAnswer,
    },
    ({ templates }, { params }) => templates.retire(params.code),
  ),
]

const campaigns = [
  endpoint(
    {
      operationId: 'listCampaignsOfRuleTemplate',
      method: 'GET',
      path: '/v1/rule-templates/:code/campaigns',
      tag,
      scopes: readers,
      summary: 'Which campaigns came from a rule template, or from one version of it',
      params: codeParams,
      query: pageQuery.extend({ version }),
      answer: madeCampaigns,
    },
    ({ templates }, { params, query: { version: of, ...page } }) => templates.campaignsOf(params.code, of, page),
  ),
  endpoint(
    {
      operationId: 'previewRuleTemplate',
      method: 'POST',
      path: '/v1/rule-templates/:code/preview',
      tag,
      scopes: readers,
      summary: 'The campaign that some parameters would make; stores nothing',
      description: `The document, what it does in sentences of both languages, and the warnings of the document. An error names its parameter: parameters.atLeast.`,
      params: codeParams,
      body: example(templatePreviewRequest, 'template-preview-request'),
      reads: 'document',
      answer: templatePreview,
    },
    ({ templates }, { params, body }) => templates.preview(params.code, body),
  ),
  endpoint(
    {
      operationId: 'makeCampaignFromTemplate',
      method: 'POST',
      path: '/v1/campaigns/from-template',
      tag,
      scopes: makers,
      summary: 'Store a campaign that a rule template makes of some parameters',
      description: `As PUT /v1/campaigns/{code} does: a version that differs becomes a new one, not approved. It remembers template, version and parameters ("origin").
Only the approved version of a template makes campaigns. An error names its parameter: parameters.atLeast.`,
      body: example(fromTemplateRequest, 'from-template-request'),
      reads: 'document',
      answer: campaignAnswer,
    },
    async ({ templates, documentsChanged }, { principal, body }) => {
      const answer = await templates.makeCampaign(body, principal.keyId)
      await documentsChanged()
      return answer
    },
  ),
]

export const templateEndpoints = [...documents, ...campaigns]
