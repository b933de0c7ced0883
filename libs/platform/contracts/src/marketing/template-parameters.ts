import { z } from 'zod'
import { AMOUNT_FEN_MAX } from '../system/primitives'
import { recordOf } from '../system/record'
import { plainLine } from '../system/text'

/** Of one template; a form with more of them is a document by itself. */
export const TEMPLATE_PARAMETERS_MAX = 60
/** Entries of a parameter that is a list: longer lists of merchants are groups. */
export const PARAMETER_LIST_MAX = 1000
const WORDS_MAX = 100

export const parameterName = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9]{0,39}$/,
    'expected 1 to 40 of A-Z a-z 0-9 , beginning with a lower-case letter, such as "atLeast"',
  )

const whole = z.int().min(-AMOUNT_FEN_MAX).max(AMOUNT_FEN_MAX)
const text = plainLine.max(1000)
const scalar = z.union([whole, z.boolean(), text])
const list = z.array(z.union([scalar, z.array(scalar).max(WORDS_MAX)])).max(PARAMETER_LIST_MAX)

/** What a parameter may be given: a whole number, a text, yes or no, a list of them, or a list of short lists (hours of a day). */
export const parameterValue = z.union([scalar, list])
export type ParameterValue = z.infer<typeof parameterValue>

/** The values by name. */
export const parameterValues = recordOf(parameterName, parameterValue, TEMPLATE_PARAMETERS_MAX)
export type ParameterValues = z.infer<typeof parameterValues>

export const NUMBER_FORMATS = ['fen', 'ppm', 'count', 'weekday'] as const
export const TEXT_FORMATS = ['date', 'code', 'clock', 'line'] as const

const said = z.strictObject({ en: plainLine.min(1).max(200), 'zh-CN': plainLine.min(1).max(200) })

const integer = z.strictObject({
  type: z.literal('integer'),
  format: z
    .enum(NUMBER_FORMATS)
    .optional()
    .describe('how people read it: fen as yuan, ppm as per cent, weekday (1 = Monday) by its name'),
  minimum: whole.optional(),
  maximum: whole.optional(),
  multipleOf: z.int().min(1).max(AMOUNT_FEN_MAX).optional(),
  enum: z.array(whole).min(1).max(WORDS_MAX).optional(),
})
const string = z.strictObject({
  type: z.literal('string'),
  format: z
    .enum(TEXT_FORMATS)
    .optional()
    .describe('date: 2026-10-01; code: as of documents; clock: 09:30; line (default): one line of text'),
  minLength: z.int().min(0).max(1000).optional(),
  maxLength: z.int().min(1).max(1000).optional(),
  enum: z.array(text).min(1).max(WORDS_MAX).optional(),
  words: z
    .array(said)
    .min(1)
    .max(WORDS_MAX)
    .optional()
    .describe('what people read for each entry of "enum", in its order'),
})
const boolean = z.strictObject({ type: z.literal('boolean') })
const entry = z.discriminatedUnion('type', [integer, string, boolean])
const lengths = {
  minItems: z.int().min(0).max(PARAMETER_LIST_MAX).optional(),
  maxItems: z.int().min(1).max(PARAMETER_LIST_MAX).optional(),
  uniqueItems: z.boolean().optional(),
}
const row = z.strictObject({ type: z.literal('array'), items: entry, ...lengths })
const array = z.strictObject({
  type: z.literal('array'),
  items: z.discriminatedUnion('type', [integer, string, boolean, row]),
  ...lengths,
})

const about = {
  title: plainLine.min(1).max(100).describe('what the field is called, in English'),
  titleZh: plainLine.min(1).max(100).describe('the same in Chinese'),
  description: plainLine.max(500).optional(),
  descriptionZh: plainLine.max(500).optional(),
  default: parameterValue.optional().describe('taken where the parameter is left out'),
  examples: z.array(parameterValue).min(1).max(5).optional().describe('the first is tried where there is no default'),
}

/** One parameter: a subset of JSON Schema (2020-12). `titleZh`, `descriptionZh` and `words` are annotations for people. */
export const templateParameter = z.discriminatedUnion('type', [
  integer.extend(about),
  string.extend(about),
  boolean.extend(about),
  array.extend(about),
])
export type TemplateParameter = z.infer<typeof templateParameter>

/** The JSON Schema of a template's parameters, as an object that takes no other key. */
export const templateParameters = z.strictObject({
  $schema: z.literal('https://json-schema.org/draft/2020-12/schema').optional(),
  type: z.literal('object'),
  properties: recordOf(parameterName, templateParameter, TEMPLATE_PARAMETERS_MAX),
  required: z.array(parameterName).max(TEMPLATE_PARAMETERS_MAX).optional(),
  additionalProperties: z.literal(false),
})
export type TemplateParameters = z.infer<typeof templateParameters>
