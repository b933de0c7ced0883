import { z } from 'zod'
import { isoDate } from '../system'
import { identityText } from '../system/text'
import { cardToken } from '../system/card-number'
import { plainReason } from './proposal'

/** Where a person may stand, in the order in which an erasure goes through them. */
export const ERASURE_PLACES = ['groups', 'books', 'decisions', 'bills', 'flows'] as const
export const erasurePlace = z.enum(ERASURE_PLACES)
export type ErasurePlace = z.infer<typeof erasurePlace>

const value = identityText.min(1).max(128)

/** Of one person: what stands here becomes tokens at once and is not kept. */
const person = z
  .strictObject({
    pan: z
      .string()
      .regex(/^[0-9]{12,19}$/, 'expected 12 to 19 digits')
      .optional(),
    cardToken: cardToken.optional().describe('the token of the sender, where cards came as tokens'),
    customer: value.optional(),
    device: value.optional(),
    phone: value.optional(),
    bankPhone: value.optional(),
    idNumber: value.optional(),
    account: value.optional(),
  })
  .refine((given) => Object.values(given).some((one) => one !== undefined), {
    error: 'expected at least one of pan, cardToken, customer or an identity',
  })
export type ErasedPerson = z.infer<typeof person>

const heldBack = z.strictObject({
  place: erasurePlace,
  until: isoDate.describe('the last date on which the law demands it'),
  basis: plainReason,
})

/** Body of POST /v1/erasures. */
export const erasureRequest = z.strictObject({
  person,
  legalBasis: plainReason.describe('why the person is to be forgotten, such as the law and the date of the wish'),
  heldBack: z.array(heldBack).max(ERASURE_PLACES.length).default([]),
})
export type ErasureRequest = z.infer<typeof erasureRequest>

const placeAnswer = z.object({
  place: erasurePlace,
  state: z.enum(['waits', 'done']),
  rows: z.int().describe('changed or removed'),
  until: z.string().optional().describe('held back by law until the end of this date'),
  open: z.int().optional().describe('payments that are not over yet: it waits for them'),
  keptDays: z
    .int()
    .optional()
    .describe('with flows: for how many days after its end Temporal keeps a flow that no erasure removes'),
})
export const erasureAnswer = z.object({
  id: z.int(),
  state: z.enum(['proposed', 'running', 'done', 'dropped']),
  proposal: z.int().optional().describe('the proposal that another person approves: /v1/proposals/{id}'),
  legalBasis: z.string(),
  namedBy: z.array(z.string()).describe('kinds of what was told, never values'),
  heldBack: z.array(z.object({ place: z.string(), until: z.string(), basis: z.string() })),
  places: z.array(placeAnswer),
  requestedBy: z.string(),
  requestedAt: z.string(),
  endedAt: z.string().optional(),
  certificate: z
    .object({ text: z.string(), sha256: z.string() })
    .optional()
    .describe('what was done where and when, without the person'),
})
export type ErasureAnswer = z.infer<typeof erasureAnswer>

export const erasureQuery = z.strictObject({
  after: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type ErasureQuery = z.infer<typeof erasureQuery>
export const erasurePage = z.object({
  erasures: z.array(erasureAnswer),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export type ErasurePage = z.infer<typeof erasurePage>
