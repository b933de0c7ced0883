import { z } from 'zod'
import { campaignShape } from './campaign'
import { routingShape } from './routing'

/** Where the API serves it; also its name inside the document. */
export const CAMPAIGN_SCHEMA_PATH = '/schemas/campaign.json'

/**
 * JSON Schema (2020-12) of a campaign document, made from the schema that parses it: for editors, and for whoever writes documents by program.
 * It says what has the right form; what has to agree with something else (sums, order, dates inside dates) only `parseCampaign` says.
 */
export function campaignJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(campaignShape, { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: 'urn:lijian:schema:campaign', title: 'Lijian campaign (活动)', ...schema }
}

/** The same of a routing document; codes that have to exist, and zones, only `parseRouting` knows. */
export function routingJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(routingShape, { target: 'draft-2020-12', io: 'input' })
  return { $schema, $id: 'urn:lijian:schema:routing', title: 'Lijian routing (路由)', ...schema }
}
