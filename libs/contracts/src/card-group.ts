import { z } from 'zod'
import { code } from './primitives'

/** BIN prefixes, card tokens, or both; PANs are accepted on import and turned into tokens at the edge. */
export const cardGroup = z.strictObject({
  code,
  name: z.string().max(200).optional(),
  bins: z
    .array(z.string().regex(/^[0-9]{1,12}$/, 'expected a BIN prefix of 1 to 12 digits'))
    .max(1_000_000)
    .default([]),
  cards: z
    .array(
      z.string().regex(/^([0-9]{12,19}|(?![0-9]+$)[A-Za-z0-9_-]{16,128})$/, 'expected a card token or a card number'),
    )
    .max(1_000_000)
    .default([]),
})
export type CardGroup = z.infer<typeof cardGroup>
