import { z } from 'zod'
import { lineText, wordsText } from '../system/text'

export interface Walk {
  /** How many schemas were looked at, each once. */
  schemas: number
  /** What could be of any size or hold anything: `place: what is missing`. */
  open: string[]
}

type Checked = z.core.$ZodType & { meta?: () => Record<string, unknown> | undefined }

const TEXT_CHECKS = [lineText, wordsText].map((text) => (text as z.ZodString)._zod.def.checks![0])

/**
 * Looks at a schema of something that comes in, with everything in it: free text that is not the text primitive, text, lists and records without a
 * maximum, and whatever takes anything. (zod counts the entries of a list before it looks at them.)
 */
export function walkInput(roots: Readonly<Record<string, z.ZodType>>): Walk {
  const seen = new Set<z.core.$ZodType>()
  const open: string[] = []
  const visit = (schema: Checked, at: string): void => {
    if (seen.has(schema)) return
    seen.add(schema)
    const fault = faultOf(schema)
    if (fault !== undefined) open.push(`${at}: ${fault}`)
    for (const [step, inner] of insideOf(schema)) visit(inner, `${at}${step}`)
  }
  for (const [name, schema] of Object.entries(roots)) visit(schema, name)
  return { schemas: seen.size, open }
}

/** Every schema in it, itself included. */
export function schemasIn(root: z.core.$ZodType, seen = new Set<z.core.$ZodType>()): Set<z.core.$ZodType> {
  if (seen.has(root)) return seen
  seen.add(root)
  for (const [, inner] of insideOf(root)) schemasIn(inner, seen)
  return seen
}

type Inside = [step: string, schema: z.core.$ZodType][]

function insideOf(schema: z.core.$ZodType): Inside {
  const { def } = schema._zod as unknown as z.core.$ZodTypes['_zod']
  switch (def.type) {
    case 'object':
      return [
        ...Object.entries(def.shape).map(([key, inner]): Inside[number] => [`.${key}`, inner]),
        ...(def.catchall === undefined ? [] : [['.*', def.catchall] as Inside[number]]),
      ]
    case 'array':
      return [['[]', def.element]]
    case 'tuple':
      return def.items.map((inner, i) => [`[${i}]`, inner])
    case 'record':
      return [
        ['.key', def.keyType],
        ['.*', def.valueType],
      ]
    case 'union':
      return def.options.map((inner) => ['', inner])
    case 'pipe':
      return [['', def.in]]
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return [['', def.innerType]]
    default:
      return []
  }
}

function faultOf(schema: Checked): string | undefined {
  const { def } = schema._zod as unknown as z.core.$ZodTypes['_zod']
  switch (def.type) {
    case 'string':
      return textFault(schema)
    case 'array':
      return hasMaximum(schema) ? undefined : 'a list without a maximum'
    case 'record':
      if (def.keyType._zod.def.type === 'enum') return undefined
      return schema.meta?.()?.maxProperties === undefined ? 'a record that is no recordOf()' : undefined
    case 'object':
      return def.catchall?._zod.def.type === 'never' ? undefined : 'an object that takes any key'
    case 'union':
    case 'tuple':
    case 'pipe':
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
    case 'number':
    case 'int' as never:
    case 'boolean':
    case 'enum':
    case 'literal':
    case 'undefined':
    case 'never':
      return undefined
    default:
      return `takes anything (${def.type})`
  }
}

function textFault(schema: z.core.$ZodType): string | undefined {
  const isFree = checksOf(schema).some((check) => TEXT_CHECKS.includes(check as never))
  if (!hasMaximum(schema) && !hasEnd(schema)) return 'a text without a maximum'
  return isFree || isClosed(schema) ? undefined : 'a text that is neither the text primitive nor a pattern'
}

/** A format such as a date is a check itself. */
const checksOf = (schema: z.core.$ZodType): readonly z.core.$ZodCheck[] => [
  ...(schema._zod.traits.has('$ZodCheck') ? [schema as unknown as z.core.$ZodCheck] : []),
  ...(schema._zod.def.checks ?? []),
]

const hasMaximum = (schema: z.core.$ZodType): boolean =>
  checksOf(schema).some(({ _zod: { def } }) => def.check === 'max_length' || def.check === 'length_equals')

/** Sets of characters as one letter: `S` named ones, `.` anything but some. */
const patternsOf = (schema: z.core.$ZodType): string[] =>
  checksOf(schema).flatMap((check) => {
    const { pattern } = check._zod.def as { pattern?: RegExp }
    if (pattern === undefined) return []
    const sets = (set: string) => (/^\[\^|\\[sSDWpP]/.test(set) ? '.' : 'S')
    return [
      pattern.source
        // What must not follow adds nothing.
        .replace(/\(\?[!=][^)]*\)/g, '')
        .replace(/\[(?:\\.|[^\]])*\]/g, sets)
        .replace(/\\[sSDWpP]/g, '.')
        .replace(/\\./g, 'E'),
    ]
  })

/** A pattern from end to end over named characters. */
const isClosed = (schema: z.core.$ZodType): boolean =>
  patternsOf(schema).some((source) => source.startsWith('^') && source.endsWith('$') && !source.includes('.'))

/** A closed pattern without a repetition that has no end. */
const hasEnd = (schema: z.core.$ZodType): boolean =>
  isClosed(schema) && patternsOf(schema).some((source) => !/[*+]|\{\d+,\}/.test(source))
