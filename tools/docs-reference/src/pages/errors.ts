import { ERRORS, type ErrorSpec } from '@lijian/contracts/system'
import { code, page, table } from '../markdown'

/** Errors by their HTTP status; those of one status stand in the order of the catalogue. */
export function errorsPage(): string {
  const errors = Object.entries<ErrorSpec>(ERRORS).sort(([, a], [, b]) => a.status - b.status)
  const rows = errors.map(([name, { status, retryable, say, do: act }]) => [
    code(name),
    String(status),
    retryable ? 'yes' : 'no',
    say,
    act,
  ])
  return page({
    title: 'Errors',
    about: 'Every error that a caller can meet, with its HTTP status, what happened, and what to do.',
    source: '[errors.ts](../../libs/platform/contracts/src/system/errors.ts)',
    blocks: [
      'HTTP answers carry them as problem documents (RFC 9457): `code`, `detail`, `do`, and `errors` for faults by field. ' +
        'The Temporal door answers with the same code as the type of an `ApplicationFailure`. ' +
        '"Retry" says whether the same request can succeed later.',
      table(['Code', 'Status', 'Retry', 'What happened', 'What to do'], rows),
    ],
  })
}
