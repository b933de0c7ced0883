import { z } from 'zod'
import { lineText } from '../system/text'

export const oidcBegin = z.strictObject({
  back: z
    .string()
    .regex(/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,499}$/, 'expected a path of ours, such as /approvals')
    .default('/')
    .describe('where the browser goes afterwards'),
})

/** What providers send. Those that we do not know are left out. */
export const oidcCallback = z.object({
  code: lineText.max(4000).optional(),
  state: lineText.max(200),
  iss: lineText.max(500).optional(),
  session_state: lineText.max(500).optional(),
  error: lineText.max(200).optional(),
  error_description: lineText.max(1000).optional(),
})
