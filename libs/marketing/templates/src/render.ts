import type { ParameterValue, ParameterValues, TemplateParameters } from '@lijian/contracts/marketing'
import { piecesOf } from './pieces'
import { wordsOf, type Language } from './words'

export type Path = readonly (string | number)[]

/** Where a parameter stands in the document that was made; `whole`: it is all that stands there. */
export interface Place {
  path: Path
  parameter: string
  whole: boolean
}

export interface Filling {
  parameters: TemplateParameters
  /** `code` and `name` of the campaign among them. */
  values: ParameterValues
  currency: string
}

const LEFT_OUT = Symbol('left out')

/** The document with its holes filled, and where each parameter went. */
export function render(skeleton: unknown, filling: Filling): { document: unknown; places: Place[] } {
  const places: Place[] = []
  const document = fill(skeleton, [], filling, places)
  return { document: document === LEFT_OUT ? {} : document, places }
}

function fill(node: unknown, path: Path, filling: Filling, places: Place[]): unknown {
  if (typeof node === 'string') return fillText(node, path, filling, places)
  if (typeof node !== 'object' || node === null) return node
  const hole = holeOf(node)
  if (hole !== undefined) {
    places.push({ path, parameter: hole, whole: true })
    return Object.hasOwn(filling.values, hole) ? filling.values[hole] : LEFT_OUT
  }
  if (Array.isArray(node)) {
    const made: unknown[] = []
    for (const entry of node) {
      const value = fill(entry, [...path, made.length], filling, places)
      if (value !== LEFT_OUT) made.push(value)
    }
    return made.length === 0 && node.length > 0 ? LEFT_OUT : made
  }
  const made: [string, unknown][] = []
  const entries = Object.entries(node)
  for (const [key, entry] of entries) {
    const value = fill(entry, [...path, key], filling, places)
    if (value !== LEFT_OUT) made.push([key, value])
  }
  // What was filled with nothing is left out; what was empty already stays.
  return made.length === 0 && entries.length > 0 ? LEFT_OUT : Object.fromEntries(made)
}

function fillText(text: string, path: Path, filling: Filling, places: Place[]): unknown {
  const pieces = piecesOf(text) ?? [{ text }]
  for (const piece of pieces) if ('parameter' in piece) places.push({ path, parameter: piece.parameter, whole: false })
  return sentenceOf(text, filling, 'zh-CN') ?? LEFT_OUT
}

/** A text with its holes filled; undefined: one of its parameters was left out. */
export function sentenceOf(
  text: string,
  { parameters, values, currency }: Filling,
  language: Language,
): string | undefined {
  let made = ''
  for (const piece of piecesOf(text) ?? [{ text }]) {
    if ('text' in piece) {
      made += piece.text
      continue
    }
    const { parameter, format } = piece
    if (!Object.hasOwn(values, parameter)) return undefined
    const value = values[parameter] as ParameterValue
    const schema = Object.hasOwn(parameters.properties, parameter) ? parameters.properties[parameter] : undefined
    made += schema === undefined ? String(value) : wordsOf(value, schema, { language, format, currency })
  }
  return made
}

/** `{"$": "atLeast"}` stands for a parameter. */
export function holeOf(node: object): string | undefined {
  const keys = Object.keys(node)
  if (keys.length !== 1 || keys[0] !== '$') return undefined
  const { $: parameter } = node as { $: unknown }
  return typeof parameter === 'string' ? parameter : undefined
}
