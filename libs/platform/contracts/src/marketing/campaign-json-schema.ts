import { campaignShape } from './campaign'
import { jsonSchemaOf } from '../system/json-schema'

/** Where the API serves it; also its name inside the document. */
export const CAMPAIGN_SCHEMA_PATH = '/schemas/campaign.json'

/**
 * JSON Schema (2020-12) of a campaign document, made from the schema that parses it: for editors and for programs that write documents.
 * It says what has the right form; what has to agree with something else (sums, order, dates inside dates) only `parseCampaign` says.
 */
export const campaignJsonSchema = (): Record<string, unknown> =>
  jsonSchemaOf(campaignShape, 'campaign', 'Lijian campaign (活动)')
