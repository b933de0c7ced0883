import { wrongTexts } from '@lijian/contracts/system'
import { ApplicationFailure } from '@temporalio/common'
import type { ActivityInterceptors } from '@temporalio/worker'

/** JSON.stringify escapes halves of surrogate pairs, and NUL: what PostgreSQL does not store. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i

/**
 * What came over the Temporal door with a text that cannot be stored is refused as over HTTP, for good: tried again, it would fail for ever. What else
 * no text may have is asked by the schemas of both doors.
 */
export const textDoor = (): ActivityInterceptors => ({
  inbound: {
    execute: (input, next) => {
      const [wrong] = SUSPICIOUS.test(JSON.stringify(input.args)) ? wrongTexts(input.args) : []
      if (wrong !== undefined)
        throw ApplicationFailure.nonRetryable(
          `${wrong.path.replace(/^\[0\]\.?/, '')}: ${wrong.message}`,
          'invalid_request',
        )
      return next(input)
    },
  },
})
