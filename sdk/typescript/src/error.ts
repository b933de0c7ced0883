import type { ErrorCode, FieldError } from '@lijian/contracts/system'

/** Codes of the service, and what can happen before it is reached. */
export type LijianClientErrorCode = ErrorCode | 'timeout' | 'network' | 'protocol' | 'token_key_missing'

export interface LijianClientErrorInfo {
  status?: number
  /** Sending the same again can help. */
  retryable: boolean
  retryAfterMs?: number
  errors?: FieldError[]
  /** Of the transaction, where the refusal depends on it. */
  state?: string
}

export class LijianClientError extends Error {
  constructor(
    readonly code: LijianClientErrorCode,
    message: string,
    readonly info: LijianClientErrorInfo,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.name = 'LijianClientError'
  }
}
