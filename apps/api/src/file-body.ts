import { LijianError } from '@lijian/contracts/system'
import type { Readable } from 'node:stream'

/** A body that is a file comes as a stream; a request without one is told so. */
export function fileOf(body: unknown): Readable {
  if (body === undefined || body === null) throw new LijianError('invalid_request', 'There is no file in the body')
  return body as Readable
}
