import { z } from 'zod'
import { campaignShape } from './campaign'
import { parameterValues, templateParameters } from './template-parameters'
import { proposalAnswer } from '../people/proposal'
import { instantText, next, pageQuery } from '../system/page'
import { code } from '../system/primitives'
import { plainLine } from '../system/text'
import { documentWarning } from './warning'

const version = z.int().min(1).max(2_147_483_647)
const texts = (most: number) => z.strictObject({ en: plainLine.min(1).max(most), 'zh-CN': plainLine.min(1).max(most) })

/** A rule template (规则模版): a campaign document with holes, and what may be put into them. */
export const ruleTemplate = z.strictObject({
  code,
  names: texts(200),
  parameters: templateParameters.describe('JSON Schema (2020-12) of the parameters'),
  sentences: z
    .array(texts(1000))
    .min(1)
    .max(60)
    .describe('what the campaign does, for people: "{atLeast}" is the parameter as people write it'),
  campaignCode: code.describe('the code of a preview that names none'),
  campaignName: plainLine
    .min(1)
    .max(400)
    .describe('the name of a campaign that is given none: "满{atLeast|bare}减{off|bare}"'),
  campaign: z
    .looseObject({})
    .describe(
      'a campaign document in which {"$": "atLeast"} stands for a parameter, and "{code}-1" is a text with one in it; "code" and "name" are there always. What holds only parameters that were left out is left out.',
    ),
})
export type RuleTemplate = z.infer<typeof ruleTemplate>

export const TEMPLATE_STATES = ['not_approved', 'approved', 'retired'] as const
export type TemplateState = (typeof TEMPLATE_STATES)[number]

export const ruleTemplateLine = z.object({
  code: z.string(),
  names: z.object({ en: z.string(), 'zh-CN': z.string() }),
  version: version.describe('version of the template shown'),
  state: z
    .enum(TEMPLATE_STATES)
    .describe('of that version; retired: another was approved after it, or it was taken out of use'),
  latestVersion: version,
  approvedVersion: version.optional().describe('the version that new campaigns are made from; absent: there is none'),
  maker: z.string(),
  checker: z.string().optional(),
  createdAt: instantText,
  approvedAt: instantText.optional(),
  retiredAt: instantText.optional(),
})
export type RuleTemplateLine = z.infer<typeof ruleTemplateLine>

export const ruleTemplateAnswer = ruleTemplateLine.extend({
  document: ruleTemplate,
  proposal: proposalAnswer.optional().describe('of the version just stored: what another person approves'),
})
export type RuleTemplateAnswer = z.infer<typeof ruleTemplateAnswer>

export const ruleTemplateQuery = pageQuery.extend({
  q: plainLine.max(100).optional().describe('part of a code or name'),
  state: z.enum(TEMPLATE_STATES).optional().describe('of the newest version'),
})
export type RuleTemplateQuery = z.infer<typeof ruleTemplateQuery>
export const ruleTemplatePage = z.object({ templates: z.array(ruleTemplateLine), next })
export type RuleTemplatePage = z.infer<typeof ruleTemplatePage>

export const ruleTemplateVersions = z.object({ versions: z.array(ruleTemplateLine).describe('newest first'), next })
export type RuleTemplateVersions = z.infer<typeof ruleTemplateVersions>

/** Which campaigns came from a template. */
export const madeCampaigns = z.object({
  campaigns: z.array(
    z.object({
      campaign: z.string(),
      version: version.describe('of the campaign'),
      templateVersion: version,
      state: z.enum(['not_approved', 'approved']).describe('of that version of the campaign'),
      isLive: z.boolean().describe('payments meet this version'),
      maker: z.string(),
      createdAt: instantText,
    }),
  ),
  next,
})
export type MadeCampaigns = z.infer<typeof madeCampaigns>

/** Body of …/preview. */
export const templatePreviewRequest = z.strictObject({
  version: version.optional().describe('of the template; absent: the newest'),
  code: code.optional().describe("of the campaign; absent: the template's campaignCode"),
  name: plainLine.min(1).max(200).optional().describe("of the campaign; absent: made from the template's campaignName"),
  parameters: parameterValues,
})
export type TemplatePreviewRequest = z.infer<typeof templatePreviewRequest>

export const templatePreview = z.object({
  template: z.string(),
  version,
  parameters: parameterValues.describe('with the defaults of those that were left out'),
  sentences: z.array(z.object({ en: z.string(), 'zh-CN': z.string() })),
  warnings: z.array(documentWarning),
  document: campaignShape,
})
export type TemplatePreview = z.infer<typeof templatePreview>

/** Body of POST /v1/campaigns/from-template. */
export const fromTemplateRequest = z.strictObject({
  template: code,
  version: version.optional().describe('the one that was looked at; absent: the approved one'),
  code: code.describe('of the campaign'),
  name: plainLine.min(1).max(200).optional().describe("of the campaign; absent: made from the template's campaignName"),
  parameters: parameterValues,
})
export type FromTemplateRequest = z.infer<typeof fromTemplateRequest>

/** What a version of a campaign came from. */
export const campaignOrigin = z.object({ template: z.string(), version, parameters: parameterValues })
export type CampaignOrigin = z.infer<typeof campaignOrigin>
