import { z } from 'zod'
import { campaignShape } from './campaign'
import { routingShape } from './routing'

/** Where the API serves it; also its name inside the document. */
export const CAMPAIGN_SCHEMA_PATH = '/schemas/campaign.json'

/**
 * JSON Schema (2020-12) of a campaign document, made from the schema that parses it: for editors, and for whoever writes documents by program.
 * It says what has the right form; what has to agree with something else (sums, order, dates inside dates) only `parseCampaign` says.
 */
export const campaignJsonSchema = (): Record<string, unknown> =>
  jsonSchemaOf(campaignShape, 'campaign', 'Lijian campaign (活动)')

/** The same of a routing document; codes that have to exist, and zones, only `parseRouting` knows. */
export const routingJsonSchema = (): Record<string, unknown> =>
  jsonSchemaOf(routingShape, 'routing', 'Lijian routing (路由)')

function jsonSchemaOf(shape: z.ZodType, name: string, title: string): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(shape, { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: `urn:lijian:schema:${name}`, title, ...schema }
}
