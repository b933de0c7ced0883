import * as finance from '@lijian/contracts/finance'
import * as marketing from '@lijian/contracts/marketing'
import * as people from '@lijian/contracts/people'
import * as routing from '@lijian/contracts/routing'
import * as system from '@lijian/contracts/system'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { z } from 'zod'

type Json = Record<string, unknown>

/** A shorter shape costs more as a reference than in its place. */
const WORTH_A_NAME = 160
/** Below these keys stands data, not schemas. */
const DATA = new Set(['example', 'examples'])

/**
 * The description with every shape of the contracts in `components`, under the contract's name, and a reference in each of its places.
 * Shapes are known by what they say: the registries of zod would make two components of each, and lose what `describe` says in place.
 */
export function withComponents<Document extends { paths?: unknown; components?: object }>(
  document: Document,
): Document {
  const shapes = new NamedShapes()
  const paths = shapes.referTo(document.paths)
  return { ...document, paths, components: { ...document.components, schemas: shapes.components() } }
}

class NamedShapes {
  private readonly byText = new Map<string, string>()
  private readonly byName = new Map<string, Json>()
  private readonly used = new Set<string>()

  constructor() {
    const doors = { ...finance, ...marketing, ...people, ...routing, ...system } as Record<string, unknown>
    for (const key of Object.keys(doors).sort()) {
      const shape = doors[key]
      if (!(shape instanceof z.ZodType)) continue
      const { answered, asked } = jsonSchemasOf(shape)
      const name = key.charAt(0).toUpperCase() + key.slice(1)
      this.add(name, answered)
      this.add(`${name}Input`, asked)
    }
  }

  private add(name: string, schema: Json): void {
    const { description: _here, ...bare } = schema
    const texts = [canonical(schema), canonical(bare)]
    if (texts[1]!.length < WORTH_A_NAME || this.byText.has(texts[0]!)) return
    for (const text of texts) if (!this.byText.has(text)) this.byText.set(text, name)
    this.byName.set(name, schema)
  }

  /** The same tree with references at the places of named shapes. */
  referTo(node: unknown): unknown {
    if (Array.isArray(node)) return node.map((item) => this.referTo(item))
    if (typeof node !== 'object' || node === null) return node
    return this.reference(node as Json) ?? this.inside(node as Json)
  }

  private inside(node: Json): Json {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, DATA.has(key) ? value : this.referTo(value)]),
    )
  }

  /** What a place says beside the shape stays beside the reference. */
  private reference({ examples, ...schema }: Json): Json | undefined {
    const { description, ...bare } = schema
    const name =
      this.byText.get(canonical(schema)) ?? (description === undefined ? undefined : this.byText.get(canonical(bare)))
    if (name === undefined) return undefined
    const own = this.byName.get(name)!.description
    if (description === undefined && own !== undefined) return undefined
    this.used.add(name)
    return {
      $ref: `#/components/schemas/${name}`,
      ...(description === own ? {} : { description }),
      ...(examples === undefined ? {} : { examples }),
    }
  }

  /** Those that the tree refers to, and those that they refer to. */
  components(): Record<string, Json> {
    const made = new Map<string, Json>()
    for (const name of this.used) made.set(name, this.inside(this.byName.get(name)!))
    return Object.fromEntries([...made].sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

/** Made by the same transform as the operations' own, so that equal shapes read equal. */
function jsonSchemasOf(shape: z.ZodType): { asked: Json; answered: Json } {
  const { schema } = jsonSchemaTransform({
    schema: { body: shape, response: { 200: shape } },
    url: '',
    route: {} as never,
    openapiObject: { openapi: '3.1.0' },
  } as never)
  const { body, response } = schema as { body: Json; response: { 200: Json } }
  return { asked: constantsAsEnums(body) as Json, answered: constantsAsEnums(response[200]) as Json }
}

/** As @fastify/swagger writes them in the operations. */
function constantsAsEnums(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(constantsAsEnums)
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) =>
      key === 'const' && typeof value !== 'object' ? ['enum', [value]] : [key, constantsAsEnums(value)],
    ),
  )
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
