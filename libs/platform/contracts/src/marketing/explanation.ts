import { z } from 'zod'
import { funderShare, grantedOffer, transactionAnswer } from './answer'
import { reason } from './reasons'

/** The same sentence in both languages. */
export const said = z.object({ en: z.string(), 'zh-CN': z.string() })
export type Said = z.infer<typeof said>

export const explainedCounter = z.object({
  limit: z.string(),
  kind: z.enum(['limit', 'budget', 'funds']),
  identity: z.string().optional().describe('of a limit per user: by which identity of the person'),
  measure: z.enum(['discount', 'gross']),
  known: z
    .boolean()
    .describe('false: nobody had looked at it before; the database found room when the hold was written'),
  limitAmount: z.int().optional(),
  usedAmount: z.int().optional(),
  heldAmount: z.int().optional(),
  limitCount: z.int().optional(),
  usedCount: z.int().optional(),
  heldCount: z.int().optional(),
  takesAmount: z.int().optional(),
  takesCount: z.int().optional(),
  until: z.string().optional().describe('when the period ends; absent: never'),
})
export type ExplainedCounter = z.infer<typeof explainedCounter>

export const explainedDraw = z.object({
  value: z.int(),
  unit: z.enum(['fen', 'ppm']).describe('money off, or the rate that is paid'),
  min: z.int(),
  max: z.int(),
  layer: z.int().optional().describe('place of the layer in the document, from 1'),
  key: z.string().describe('which draw key: the first 12 digits of its SHA-256'),
  formula: z.union([z.literal(1), z.literal(2)]).describe('of the seed: 1 by serial, 2 by person'),
  place: z.int().optional().describe("which of the person's draws of the period, from 1; with formula 2 only"),
})

export const explainedOffer = z.object({
  ...grantedOffer.pick({ campaign: true, version: true, code: true, name: true, kind: true }).shape,
  outcome: z.enum(['granted', 'refused', 'undecided']),
  reason: reason.optional(),
  found: z.string().optional().describe('what the payment had'),
  expected: z.string().optional().describe('what the offer asks for'),
  discount: z.int().optional(),
  funders: z.array(funderShare).optional(),
  draw: explainedDraw.optional(),
  counters: z.array(explainedCounter),
  text: z.array(said),
})
export type ExplainedOffer = z.infer<typeof explainedOffer>

export const explanationEvent = z.object({ at: z.string().optional(), what: z.string(), text: said })
export type ExplanationEvent = z.infer<typeof explanationEvent>

export const VERDICTS = ['same', 'different', 'not_recomputed'] as const

/** An old decision, computed again from what was stored. */
export const explanation = z.object({
  source: z.enum(['transaction', 'decision_log']),
  decidedAt: z.string().describe('the instant that decided window and period'),
  snapshot: z.string().optional().describe('the documents that were in force'),
  drawKey: z.string().optional(),
  verdict: z.enum(VERDICTS).describe('whether computing it again gives what was answered'),
  because: z
    .enum([
      'open_holds',
      'deadline',
      'unavailable',
      'reversed_before',
      'no_snapshot',
      'draw_key_unknown',
      'unknown_original',
    ])
    .optional()
    .describe('why it was not for the rules to decide, or cannot be computed again'),
  differences: z.array(z.object({ path: z.string(), answered: z.string(), recomputed: z.string() })),
  offers: z.array(explainedOffer).describe('granted ones, and every offer bound to the merchant'),
  timeline: z.array(explanationEvent),
  earlier: z
    .array(z.object({ at: z.string(), because: z.string().optional() }))
    .describe('older answers without an offer'),
  text: z.array(said).describe('all of it in sentences, in order'),
})
export type Explanation = z.infer<typeof explanation>
export type ExplanationCause = NonNullable<Explanation['because']>

/** GET /v1/transactions/{serial}?explain=true: how it stands, and why. */
export const explainedAnswer = transactionAnswer.extend({ explanation: explanation.optional() })
export type ExplainedAnswer = z.infer<typeof explainedAnswer>
