import { jsonSchemaOf } from '../system/json-schema'
import { routingShape } from './routing'

/** JSON Schema (2020-12) of a routing document, made as that of a campaign is; codes that have to exist, and zones, only `parseRouting` knows. */
export const routingJsonSchema = (): Record<string, unknown> =>
  jsonSchemaOf(routingShape, 'routing', 'Lijian routing (路由)')
