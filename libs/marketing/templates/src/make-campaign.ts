import {
  parseCampaign,
  type Campaign,
  type ParameterValues,
  type RuleTemplate,
  type Said,
} from '@lijian/contracts/marketing'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { currencyCode, inChinese, type FieldError } from '@lijian/contracts/system'
import type { Asked } from './asked'
import { blamed, stepsOf } from './blame'
import { checkParameters } from './parameters'
import { holeOf, render, sentenceOf, type Filling } from './render'

export interface MadeCampaign {
  campaign: Campaign
  /** As the template gives it, without the defaults of the campaign document. */
  document: unknown
  /** With the defaults of those that were left out. */
  parameters: ParameterValues
  sentences: Said[]
}

export type Making = ({ ok: true } & MadeCampaign) | { ok: false; errors: FieldError[] }

/** The document that a template makes of some parameters, or every error with the parameter that it comes from. */
export function makeCampaign(template: RuleTemplate, asked: Asked): Making {
  const checked = checkParameters(template.parameters, asked.parameters)
  if (!checked.ok) return checked
  const { values: parameters } = checked
  const currency = currencyOf(template.campaign, parameters)
  const plain: Filling = { parameters: template.parameters, values: { ...parameters, code: asked.code }, currency }
  const name = asked.name ?? sentenceOf(template.campaignName, plain, 'zh-CN') ?? template.names['zh-CN']
  const filling = { ...plain, values: { ...plain.values, name } }
  const { document, places } = render(template.campaign, filling)
  const parsed = parseCampaign(document)
  if (!parsed.ok)
    return {
      ok: false,
      errors: parsed.errors.flatMap((error) => told(error, blamed(error.path, places, { template, asked }))),
    }
  return { ok: true, campaign: parsed.campaign, document, parameters, sentences: sentencesOf(template, filling) }
}

/** A sentence about something that was left out is left out. */
const sentencesOf = ({ sentences }: RuleTemplate, filling: Filling): Said[] =>
  sentences.flatMap((sentence) => {
    const en = sentenceOf(sentence.en, filling, 'en')
    const zh = sentenceOf(sentence['zh-CN'], filling, 'zh-CN')
    return en === undefined || zh === undefined ? [] : [{ en, 'zh-CN': zh }]
  })

/** An amount in a name or sentence is in the campaign's currency. What is none is found by the parser. */
function currencyOf(skeleton: unknown, values: ParameterValues): string {
  const { currency } = (skeleton ?? {}) as { currency?: unknown }
  const hole = typeof currency === 'object' && currency !== null ? holeOf(currency) : undefined
  const found = hole === undefined ? currency : values[hole]
  return currencyCode.safeParse(found).success ? String(found) : DEFAULT_CURRENCY
}

/** One error of the document as errors of what was sent: its place in the document stands behind it. */
const told = ({ path, message, messageZh }: FieldError, from: string[]): FieldError[] =>
  from.map((at) => {
    if (stepsOf(path).length === 0) return { path: at, message, messageZh: messageZh ?? inChinese(message) }
    return {
      path: at,
      message: `${message} (${path} of the document)`,
      messageZh: `${messageZh ?? inChinese(message)}(文档的 ${path})`,
    }
  })
