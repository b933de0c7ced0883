import { z } from 'zod'
import { instantText } from '../system/page'

/** What is suspended of a campaign: all of it (`CODE`) or one offer (`CODE/OFFER`). */
export const SUSPENSION_STATES = ['active', 'suspended', 'resume_requested'] as const
export const suspensionAnswer = z.object({
  ref: z.string(),
  state: z.enum(SUSPENSION_STATES).describe('resume_requested: still suspended until somebody else resumes too'),
  suspendedAt: instantText.optional(),
})
export type SuspensionAnswer = z.infer<typeof suspensionAnswer>
