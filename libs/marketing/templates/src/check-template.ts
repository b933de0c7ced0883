import type { RuleTemplate, TemplateParameter, ParameterValues } from '@lijian/contracts/marketing'
import { canonicalJson, type FieldError } from '@lijian/contracts/system'
import { makeCampaign } from './make-campaign'
import { checkParameters } from './parameters'
import { parametersIn, piecesOf } from './pieces'
import { holeOf } from './render'
import { FORMATS } from './words'

const ALWAYS = ['code', 'name']
/** Of the document with its holes, in characters: it is read while payments are answered. */
const DOCUMENT_MAX = 100_000
const DEPTH_MAX = 32

/** What is wrong with a template whose shape is right. It is tried with its defaults, so whoever opens its form sees a campaign that works. */
export function templateErrors(template: RuleTemplate): FieldError[] {
  const errors = [...sizeErrors(template.campaign)]
  if (errors.length > 0) return errors
  errors.push(...parameterErrors(template), ...holeErrors(template))
  if (errors.length > 0) return errors
  return triedErrors(template)
}

/** The values that a template is tried with: defaults, else the first example. */
export const usualValues = ({ parameters: { properties } }: RuleTemplate): ParameterValues =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, { default: usual, examples }]) => {
      const value = usual ?? examples?.[0]
      return value === undefined ? [] : [[name, value]]
    }),
  )

function sizeErrors(skeleton: RuleTemplate['campaign']): FieldError[] {
  if (depthOf(skeleton) > DEPTH_MAX) return [{ path: 'campaign', message: `expected at most ${DEPTH_MAX} levels` }]
  if (JSON.stringify(skeleton).length > DOCUMENT_MAX)
    return [{ path: 'campaign', message: `expected at most ${DOCUMENT_MAX} characters` }]
  return []
}

/** By a stack of its own: a document may be deeper than the program's. */
function depthOf(root: object): number {
  let deepest = 0
  const open: [object, number][] = [[root, 1]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [node, depth] = next
    deepest = Math.max(deepest, depth)
    if (deepest > DEPTH_MAX) break
    for (const inner of Object.values(node))
      if (typeof inner === 'object' && inner !== null) open.push([inner, depth + 1])
  }
  return deepest
}

function parameterErrors({ parameters: { properties, required = [] } }: RuleTemplate): FieldError[] {
  const errors: FieldError[] = []
  for (const [name, parameter] of Object.entries(properties)) {
    const path = `parameters.properties.${name}`
    if (ALWAYS.includes(name))
      errors.push({ path, message: 'expected another name: code and name of the campaign are there always' })
    errors.push(...wordErrors(parameter, path))
    if (required.includes(name) && parameter.default === undefined && parameter.examples === undefined)
      errors.push({ path, message: 'expected a default or an example: the template is tried with it' })
  }
  for (const [i, name] of required.entries())
    if (!Object.hasOwn(properties, name)) errors.push({ path: `parameters.required[${i}]`, message: NO_PARAMETER })
  return errors
}

function wordErrors(parameter: TemplateParameter, path: string): FieldError[] {
  const entry =
    parameter.type !== 'array' ? parameter : parameter.items.type === 'array' ? parameter.items.items : parameter.items
  if (entry.type !== 'string' || entry.words === undefined || entry.words.length === entry.enum?.length) return []
  return [{ path: `${path}.words`, message: 'expected as many entries as "enum"' }]
}

const NO_PARAMETER = 'expected a parameter of this template'

/** Every hole is a parameter, and every parameter fills a hole of the document. */
function holeErrors(template: RuleTemplate): FieldError[] {
  const { properties } = template.parameters
  const errors: FieldError[] = []
  const used = new Set<string>()
  const isKnown = (name: string) => ALWAYS.includes(name) || Object.hasOwn(properties, name)
  const text = (path: string, words: string, isDocument: boolean) => {
    const pieces = piecesOf(words)
    if (pieces === undefined) errors.push({ path, message: 'expected two braces where one is meant' })
    for (const piece of pieces ?? []) {
      if (!('parameter' in piece)) continue
      const { parameter, format } = piece
      if (!isKnown(parameter)) errors.push({ path, message: NO_PARAMETER })
      else if (format !== undefined && !formatsOf(properties[parameter]).includes(format))
        errors.push({ path, message: `expected {${parameter}} or one of ${choices(parameter, properties[parameter])}` })
      if (isDocument) used.add(parameter)
    }
  }
  const walk = (node: unknown, path: string): void => {
    if (typeof node === 'string') return text(path, node, true)
    if (typeof node !== 'object' || node === null) return
    const hole = holeOf(node)
    if (hole !== undefined) {
      used.add(hole)
      if (!isKnown(hole)) errors.push({ path: `${path}.$`, message: NO_PARAMETER })
      return
    }
    if ('$' in node) errors.push({ path: `${path}.$`, message: 'expected a parameter alone in its object' })
    else if (Array.isArray(node)) node.forEach((entry, i) => walk(entry, `${path}[${i}]`))
    else for (const [key, inner] of Object.entries(node)) walk(inner, `${path}.${key}`)
  }
  walk(template.campaign, 'campaign')
  for (const name of Object.keys(properties))
    if (!used.has(name))
      errors.push({ path: `parameters.properties.${name}`, message: 'expected a place of the document that it fills' })
  text('campaignName', template.campaignName, false)
  for (const [i, sentence] of template.sentences.entries())
    for (const language of ['en', 'zh-CN'] as const) text(`sentences[${i}].${language}`, sentence[language], false)
  return errors
}

const formatsOf = (parameter: TemplateParameter | undefined): readonly string[] =>
  (parameter && 'format' in parameter && parameter.format !== undefined ? FORMATS[parameter.format] : undefined) ?? []

const choices = (name: string, parameter: TemplateParameter | undefined): string =>
  formatsOf(parameter)
    .map((format) => `{${name}|${format}}`)
    .join(', ') || 'none'

/** With defaults and examples it makes a campaign. */
function triedErrors(template: RuleTemplate): FieldError[] {
  const { properties, required = [] } = template.parameters
  const usual = usualValues(template)
  const tried = checkParameters(template.parameters, usual)
  if (!tried.ok)
    return tried.errors.map(({ path, message }) => ({
      path: path.replace(/^parameters\.(\w+)/, 'parameters.properties.$1.default'),
      message,
    }))
  for (const name of parametersIn(template.campaignName))
    if (Object.hasOwn(properties, name) && properties[name]!.default === undefined && !required.includes(name))
      return [{ path: 'campaignName', message: 'expected parameters that are never left out' }]
  // With nothing but what must be there: what may be left out is left out.
  const least = Object.fromEntries(Object.entries(usual).filter(([name]) => required.includes(name)))
  for (const parameters of canonicalJson(least) === canonicalJson(usual) ? [usual] : [usual, least]) {
    const made = makeCampaign(template, { code: template.campaignCode, parameters })
    if (!made.ok) return made.errors.map((error) => ({ ...error, path: `campaign of the defaults: ${error.path}` }))
  }
  return []
}
