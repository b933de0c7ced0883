import { z } from 'zod'
import { holdsCardNumber } from '../text'
import { NO_CARD } from '../system/card-number'
import { code } from '../system/primitives'
import { plainLine } from '../system/text'

/** BIN prefixes, card tokens, or both; PANs are accepted on import and turned into tokens at the edge. */
export const cardGroup = z.strictObject({
  code,
  name: plainLine.max(200).optional(),
  bins: z
    .array(z.string().regex(/^[0-9]{1,12}$/, 'expected a BIN prefix of 1 to 12 digits'))
    .max(1_000_000)
    .default([]),
  cards: z
    .array(
      z
        .string()
        .regex(/^([0-9]{12,19}|(?![0-9]+$)[A-Za-z0-9_-]{16,128})$/, 'expected a card token or a card number')
        .refine((card) => /^[0-9]+$/.test(card) || !holdsCardNumber(card), NO_CARD),
    )
    .max(1_000_000)
    .default([]),
})
export type CardGroup = z.infer<typeof cardGroup>

/** Body of PUT /v1/card-groups/{code}: what is left out stays as it is (members may have been imported as a file). */
export const cardGroupRequest = cardGroup.extend({
  bins: cardGroup.shape.bins.unwrap().optional().describe('absent: they stay'),
  cards: cardGroup.shape.cards.unwrap().optional().describe('absent: they stay; a million is imported as a file'),
})
export type CardGroupRequest = z.infer<typeof cardGroupRequest>
