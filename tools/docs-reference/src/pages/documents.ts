import { campaignJsonSchema } from '@lijian/contracts/marketing'
import { routingJsonSchema } from '@lijian/contracts/routing'
import { page } from '../markdown'
import { CAMPAIGN_MEANINGS } from './campaign-meanings'
import { type Meanings, type Schema, sectionsOf } from './json-schema'
import { ROUTING_MEANINGS } from './routing-meanings'

/** A key with a description in its schema keeps that; every other must stand in the table, and the table holds no more. */
export function documentPage(
  schema: Schema,
  name: string,
  meanings: Meanings,
): { sections: string[]; unused: string[] } {
  const unused = new Set(Object.keys(meanings))
  const sections = sectionsOf(schema, name, (path, { description }) => {
    if (description !== undefined) return description
    const ends = path.split('.').map((_, i, parts) => parts.slice(i).join('.'))
    const known = ends.find((end) => end in meanings)
    if (known === undefined) throw new Error(`${name}: nobody says what ${path} means`)
    unused.delete(known)
    return meanings[known]!
  })
  return { sections, unused: [...unused] }
}

const NOTE =
  'A star marks a key that must be there. Unknown keys are refused. Amounts are in fen, rates in ppm (1,000,000 = 100 %).'

export const ruleDocument = () => documentPage(campaignJsonSchema(), 'The campaign', CAMPAIGN_MEANINGS)
export const routingDocument = () => documentPage(routingJsonSchema(), 'The document', ROUTING_MEANINGS)

export const ruleDocumentPage = (): string =>
  page({
    title: 'The rule document',
    about: 'Every key of a campaign document, with its type, its default and its meaning.',
    source: '[campaign.ts](../../libs/platform/contracts/src/marketing/campaign.ts)',
    blocks: [
      `${NOTE} \`./lijian schema campaign\` prints the same as JSON Schema; \`./lijian check\` also tests what keys must say together.`,
      ...ruleDocument().sections,
    ],
  })

export const routingDocumentPage = (): string =>
  page({
    title: 'The routing document',
    about: 'Every key of a routing document, with its type, its default and its meaning.',
    source: '[routing.ts](../../libs/platform/contracts/src/routing/routing.ts)',
    blocks: [
      `${NOTE} \`./lijian schema routing\` prints the same as JSON Schema; \`./lijian route check\` also finds codes that do not exist. ` +
        'How a payment finds its MID: [routing](../explanation/routing.md).',
      ...routingDocument().sections,
    ],
  })
