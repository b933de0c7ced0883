import { DefaultFailureConverter } from '@temporalio/common'

/** With encryption on, messages and stack traces of failures are payloads too; without this they would stand open in a history. */
export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true })
