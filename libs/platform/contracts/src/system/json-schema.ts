import { z } from 'zod'

/** JSON Schema (2020-12) of what `shape` accepts, named `urn:lijian:schema:<name>`. */
export function jsonSchemaOf(shape: z.ZodType, name: string, title: string): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(shape, { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: `urn:lijian:schema:${name}`, title, ...schema }
}
