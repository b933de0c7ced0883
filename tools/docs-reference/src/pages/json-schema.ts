import { code, codes, table } from '../markdown'

/** The part of JSON Schema that zod writes. */
export interface Schema {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  items?: Schema
  prefixItems?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  default?: unknown
  description?: string
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minItems?: number
  maxItems?: number
}

/** Meanings by the end of a path: `limits[].per` speaks of every limit. */
export type Meanings = Readonly<Record<string, string>>

/** Says what the key at a path means; throws where nobody has said it. */
export type Meaning = (path: string, schema: Schema) => string

const variantsOf = (schema: Schema): Schema[] =>
  (schema.anyOf ?? schema.oneOf)?.flatMap(variantsOf) ?? (schema.items ? variantsOf(schema.items) : [schema])
const objectsOf = (schema: Schema): Schema[] => variantsOf(schema).filter((one) => one.properties !== undefined)
const isArray = (schema: Schema) => schema.items !== undefined

/** zod bounds every integer by what JavaScript can count; only bounds that somebody chose are shown. */
const chosen = (bound: number | undefined) =>
  Number.isSafeInteger(bound) && Math.abs(bound!) < 2 ** 53 - 1 ? bound : undefined

function numberType({ minimum, exclusiveMinimum, maximum }: Schema): string {
  const from = chosen(minimum) ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1)
  const to = chosen(maximum)
  if (from === undefined && to === undefined) return 'integer'
  return to === undefined ? `integer from ${from}` : `integer, ${from ?? 'any'} to ${to}`
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return code(JSON.stringify(schema.const))
  if (schema.enum) return codes(schema.enum.map((value) => JSON.stringify(value)))
  const variants = schema.anyOf ?? schema.oneOf
  if (variants) return [...new Set(variants.map(typeOf))].join(' or ')
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(', ')}]`
  if (schema.items) return `list of ${typeOf(schema.items)}`
  return schema.type === 'integer' ? numberType(schema) : (schema.type ?? 'any')
}

/** What tells a variant from its siblings: `kind` or `type`. */
const markOf = (schema: Schema): string | undefined =>
  Object.entries(schema.properties ?? {})
    .filter(([, { const: value }]) => value !== undefined)
    .map(([key, { const: value }]) => code(`${key}: ${JSON.stringify(value)}`))[0]

interface Section {
  title: string
  body: string
}

/** One section per object of a document, outermost first; what two variants share stands once. */
export function sectionsOf(root: Schema, name: string, meaning: Meaning): string[] {
  const found = new Map<string, Section>()
  const visit = (schema: Schema, path: string, title: string) => {
    const rows = Object.entries(schema.properties!).map(([key, value]) => [
      code(key) + (schema.required?.includes(key) && value.default === undefined ? '*' : ''),
      typeOf(value),
      value.default === undefined ? '' : code(JSON.stringify(value.default)),
      meaning(path + key, value),
    ])
    const body = table(['Key', 'Type', 'Default', 'Meaning'], rows)
    if (!found.has(title + body)) found.set(title + body, { title, body })
    for (const [key, value] of Object.entries(schema.properties!)) {
      const inner = path + key + (isArray(value) ? '[]' : '')
      const variants = objectsOf(value)
      for (const one of variants) visit(one, `${inner}.`, titleOf(one, inner, variants.length))
    }
  }
  visit(root, '', name)
  return [...found.values()].flatMap(({ title, body }) => [`## ${title}`, body])
}

const titleOf = (schema: Schema, path: string, siblings: number): string =>
  siblings === 1 ? code(path) : `${code(path)}, ${markOf(schema) ?? `with ${codes(schema.required ?? [])}`}`
