import { withoutCardNumbers } from '../text/card-number'

/** Every error a caller can meet, in one table: HTTP status, whether sending the same again can help, what happened, what to do. */
export interface ErrorSpec {
  status: number
  retryable: boolean
  say: string
  do: string
}
export const ERRORS = {
  invalid_request: {
    status: 400,
    retryable: false,
    say: 'The request is not valid',
    do: 'Correct what "errors" or "detail" names and send it again',
  },
  paid_required: {
    status: 400,
    retryable: false,
    say: 'A success says what was paid',
    do: 'Send "paid": what was sent upstream, in the minor unit of its currency; the payable if the payer paid what the answer said',
  },
  unauthenticated: { status: 401, retryable: false, say: 'No valid API key', do: 'Send "Authorization: Bearer <key>"' },
  second_factor: {
    status: 401,
    retryable: false,
    say: 'This account has an authenticator',
    do: 'Send "code" too: the six digits that it shows now',
  },
  step_up: {
    status: 403,
    retryable: false,
    say: 'This needs your second factor, shown within the last five minutes',
    do: 'Send its code to POST /v1/sessions/current/step-up, then repeat',
  },
  foreign_page: {
    status: 403,
    retryable: false,
    say: 'A page of another site has sent this',
    do: 'Open the console itself; programs use an API key',
  },
  forbidden: {
    status: 403,
    retryable: false,
    say: 'This API key may not do that',
    do: 'Use a key that has the scope named in "detail"',
  },
  merchant_not_allowed: {
    status: 403,
    retryable: false,
    say: 'This client is not bound to that merchant',
    do: 'Send payments of the merchants that GET /v1/clients/{code} shows; two administrators change them',
  },
  maker_is_checker: {
    status: 403,
    retryable: false,
    say: 'Who has made it cannot approve it',
    do: 'Let somebody else approve it: another key of the same person or client counts as the same',
  },
  not_found: { status: 404, retryable: false, say: 'There is no such thing', do: 'Check the code or serial' },
  method_not_allowed: {
    status: 405,
    retryable: false,
    say: 'This address does not take that method',
    do: 'Use one of the methods in "Allow"',
  },
  unknown_original: {
    status: 404,
    retryable: false,
    say: 'No transaction of this client has that serial',
    do: 'Nothing needs undoing: for 24 hours a query with this serial is answered no_offer',
  },
  serial_reused: {
    status: 409,
    retryable: false,
    say: 'This serial came with another body',
    do: 'Send the first body again, or a new serial',
  },
  reference_reused: {
    status: 409,
    retryable: false,
    say: 'This bank reference is already entered',
    do: 'Look for it in GET /v1/proposals: a transfer is booked once',
  },
  result_conflict: {
    status: 409,
    retryable: false,
    say: 'It contradicts what is recorded',
    do: 'See "detail"; if the payment was undone afterwards, send a reversal or void',
  },
  already_reversed: {
    status: 409,
    retryable: false,
    say: 'The transaction was already undone by another reverse transaction',
    do: 'Nothing: it is undone',
  },
  not_reversible: {
    status: 409,
    retryable: false,
    say: 'The state of the transaction does not allow this',
    do: 'See "state" in the problem',
  },
  not_refundable: {
    status: 409,
    retryable: false,
    say: 'This transaction cannot be refunded',
    do: 'See "detail" and "state" in the problem',
  },
  whole_only: {
    status: 409,
    retryable: false,
    say: 'The rules of an offer allow only one refund of the whole amount',
    do: 'Refund the whole: "left" says how much that is',
  },
  exceeds_remaining: { status: 409, retryable: false, say: 'More than is left to refund', do: 'Refund at most "left"' },
  exceeds_balance: {
    status: 409,
    retryable: false,
    say: 'More than can be taken from this balance',
    do: 'Take at most "left"',
  },
  refund_conflict: {
    status: 409,
    retryable: false,
    say: 'Another result of this refund is already recorded',
    do: 'Nothing: the first result stands',
  },
  version_conflict: {
    status: 409,
    retryable: false,
    say: 'The document changed in between',
    do: 'Read it again and repeat',
  },
  changed_since: {
    status: 409,
    retryable: false,
    say: 'It is not what you were shown: it has changed since',
    do: 'Read it again, and send the "hash" of what you approve',
  },
  proposal_withdrawn: {
    status: 409,
    retryable: false,
    say: 'This proposal was taken back',
    do: 'Look for a later one about the same in GET /v1/approvals',
  },
  proposal_expired: {
    status: 409,
    retryable: false,
    say: 'Nobody has decided about this proposal in time',
    do: 'Let its maker propose it anew',
  },
  proposer_revoked: {
    status: 409,
    retryable: false,
    say: 'Who has made this proposal may do nothing any more',
    do: 'Reject it, and let somebody else propose it anew',
  },
  state_conflict: { status: 409, retryable: false, say: 'It is not in a state that allows this', do: 'See "detail"' },
  import_running: {
    status: 409,
    retryable: false,
    say: 'A file is being imported into this group',
    do: 'Wait until GET /v1/imports shows that it has ended, then send yours again',
  },
  request_timeout: {
    status: 408,
    retryable: true,
    say: 'The request came too slowly',
    do: 'Send it again over a line that carries it in time',
  },
  payload_too_large: { status: 413, retryable: false, say: 'The body is too large', do: 'Send less at once' },
  unsupported_media_type: {
    status: 415,
    retryable: false,
    say: 'The body is of a kind that this address does not take',
    do: 'Send application/json; to the imports of a group text/plain or application/x-ndjson',
  },
  invalid_document: {
    status: 422,
    retryable: false,
    say: 'The document is not valid',
    do: 'Correct what "errors" lists; nothing was stored',
  },
  file_refused: {
    status: 422,
    retryable: false,
    say: 'The file is not accepted, and none of its lines',
    do: 'See "errors" for the places; send the whole and right file',
  },
  too_many_requests: {
    status: 429,
    retryable: true,
    say: 'The rate limit of this client is reached',
    do: 'Send again after "Retry-After" seconds',
  },
  internal: {
    status: 500,
    retryable: true,
    say: 'Something failed here',
    do: 'Send it again; if it stays, report the request id',
  },
  unavailable: {
    status: 503,
    retryable: true,
    say: 'The result could not be stored',
    do: 'Keep it and send it again: the same serial is safe to repeat',
  },
} as const satisfies Record<string, ErrorSpec>
export type ErrorCode = keyof typeof ERRORS

/** One fault in a document or request: where, what was found, what was expected. */
export interface FieldError {
  path: string
  message: string
  /** The same in Chinese, where it has been asked for (`inBothLanguages`). */
  messageZh?: string
}

/** How many faults of one body are told. */
export const FAULTS_TOLD = 20
/** A fault of a document repeats what was found, and where: each may be a megabyte. */
const FAULT_LENGTH = 1000
const cut = (text: string): string => (text.length > FAULT_LENGTH ? `${text.slice(0, FAULT_LENGTH)}…` : text)

/** The faults that are told of all that there are, without card numbers. */
export const toldFaults = (errors: readonly FieldError[]): FieldError[] =>
  errors.slice(0, FAULTS_TOLD).map((error) => {
    const { path, message } = error
    return { ...error, path: withoutCardNumbers(cut(path)), message: withoutCardNumbers(cut(message)) }
  })

/** A refusal that a caller is told about by its code; doors turn it into a problem document, a CLI line or an ApplicationFailure. */
export class LijianError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string = ERRORS[code].say,
    readonly extra: { errors?: FieldError[]; state?: string; leftFen?: number } = {},
  ) {
    super(withoutCardNumbers(detail))
    this.detail = this.message
    if (extra.errors !== undefined) this.extra = { ...extra, errors: toldFaults(extra.errors) }
    this.name = 'LijianError'
  }
}
