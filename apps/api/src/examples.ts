import { EXAMPLES, type ExampleName } from '@lijian/contracts'
import type { z } from 'zod'

/** The schema with the example that stands beside it in libs/contracts; a test parses each of them. */
export function example<Schema extends z.ZodType>(schema: Schema, name: ExampleName): Schema {
  return schema.meta({ ...schema.meta(), examples: [EXAMPLES[name]] })
}
