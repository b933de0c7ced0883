import { z } from 'zod'
import { ERRORS, type ErrorCode } from './errors'

/** A failed request (RFC 9457); `code` is a key of the catalogue of errors. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    do: z.string().describe('what the caller can do about it'),
    retryable: z.boolean().describe('whether sending the same again can help'),
    instance: z.string().describe('id of the request, as in the logs'),
    state: z.string().optional(),
    left: z.int().optional().describe('what can still be refunded, in fen'),
    errors: z.array(z.object({ path: z.string(), message: z.string(), messageZh: z.string().optional() })).optional(),
  })
  .describe('problem details')
export type Problem = z.infer<typeof problem>
