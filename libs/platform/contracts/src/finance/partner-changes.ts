import { z } from 'zod'
import { plainLine } from '../system/text'

const holder = z.strictObject({
  holder: plainLine.min(1).max(100).describe('as your own papers have it, not as it was entered'),
})

/** Body of POST /v1/proposals/{id}/reveal: the holders of the accounts that the proposal changes. */
export const revealRequest = z.strictObject({ depositAccount: holder.optional(), payoutAccount: holder.optional() })
export type RevealRequest = z.infer<typeof revealRequest>

const whole = z.object({ bank: z.string(), holder: z.string(), number: z.string().describe('whole, this once') })
export const revealAnswer = z.object({
  proposal: z.int(),
  partner: z.string(),
  depositAccount: whole.optional(),
  payoutAccount: whole.optional(),
  shownTo: z.string(),
  shownAt: z.string(),
})
export type RevealAnswer = z.infer<typeof revealAnswer>

export const partnerVersion = z.object({
  version: z.int(),
  document: z
    .record(z.string(), z.unknown())
    .describe('as it was approved; of accounts and contacts the SHA-256 of the sealed text'),
  maker: z.string().optional().describe('absent: it stood before two people had to agree'),
  checker: z.string().optional(),
  proposal: z.int().optional(),
  at: z.string(),
})
export const partnerVersions = z.object({
  versions: z.array(partnerVersion),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export type PartnerVersions = z.infer<typeof partnerVersions>
