import { z } from 'zod'
import { instantText, next } from '../system/page'
import { plainLine } from '../system/text'
import { scope, SCOPES } from './clients'

/** PCI DSS 8.3.9 lets a secret that is the only factor live so long. */
export const TOKEN_DAYS_MAX = 90

export const tokenRequest = z.strictObject({
  name: plainLine.trim().min(1).max(200).describe('what it is for, such as the machine that keeps it'),
  scopes: z.array(scope).min(1).max(SCOPES.length).describe('of those that your roles give; payments are for clients'),
  expiresInDays: z.int().min(1).max(TOKEN_DAYS_MAX),
})
export type TokenRequest = z.infer<typeof tokenRequest>

export const tokenAnswer = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(scope).describe('at most; what your roles do not give any more is not open'),
  createdAt: instantText,
  expiresAt: instantText,
  lastUsedAt: instantText.optional().describe('to the minute'),
  revokedAt: instantText.optional(),
})
export type TokenAnswer = z.infer<typeof tokenAnswer>
export const tokenMade = tokenAnswer.extend({ token: z.string().describe('shown this once; only its hash is stored') })
export type TokenMade = z.infer<typeof tokenMade>
export const tokenPage = z.object({ tokens: z.array(tokenAnswer), next })
export type TokenPage = z.infer<typeof tokenPage>
