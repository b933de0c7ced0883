import type { ImportFailure } from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import { NotGzip } from './digest-thread'

export interface ReadSoFar {
  progress: { lines: number; accepted: number; errorCount: number }
  errors: { line: number; message: string }[]
}

/** Why an import changes nothing. */
export class Failed extends Error {
  constructor(
    readonly failure: ImportFailure,
    detail: string,
    /** What was read of it, where its lines are the reason. */
    readonly read?: ReadSoFar,
  ) {
    super(detail)
  }
}

export const NOT_GZIP = 'The file begins like gzip and is not, or is cut off'

export function failureOf(error: unknown): Failed {
  if (error instanceof Failed) return error
  if (error instanceof NotGzip) return new Failed('not_gzip', NOT_GZIP)
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return new Failed('interrupted', 'The file did not come to its end')
  return new Failed('internal', 'The import failed')
}

export function refusalOf({ failure, message, read }: Failed, error: unknown): unknown {
  if (failure === 'internal') return error
  if (failure === 'too_large') return new LijianError('payload_too_large', message)
  if (failure === 'cancelled') return new LijianError('state_conflict', message)
  const lines = (read?.errors ?? []).map(({ line, message: wrong }) => ({ path: `line ${line}`, message: wrong }))
  return new LijianError('invalid_document', message, { errors: lines })
}

export const wrongLines = (read: ReadSoFar): Failed =>
  new Failed(
    'invalid_lines',
    `${read.progress.errorCount} of ${read.progress.lines} lines are wrong; nothing was changed`,
    read,
  )
