import { EXAMPLES, type ExampleName } from '@lijian/contracts/examples'
import type { z } from 'zod'

/** The schema with the example that stands beside it in libs/platform/contracts; a test parses each of them. */
export function example<Schema extends z.ZodType>(schema: Schema, name: ExampleName): Schema {
  return schema.meta({ ...schema.meta(), examples: [EXAMPLES[name]] })
}
