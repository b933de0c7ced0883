import { randomBytes } from 'node:crypto'
import { createPayloadCodec, type DatedKey } from '@lijian/privacy'
import type { DataConverter } from '@temporalio/common'

/** Module with the failure converter that goes with encryption; a worker bundles it into the sandbox. */
export const payloadFailureConverterPath = (): string => require.resolve('./payload-failure-converter')

/**
 * Data converter for an installation with LIJIAN_PAYLOAD_KEYS: give it to `new Client({ dataConverter })`. The first key encrypts, or the newest whose
 * time has come; the others still decrypt what they once encrypted.
 */
export function encryptedDataConverter(...keys: [Buffer | DatedKey, ...(Buffer | DatedKey)[]]): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec({ keys, now: Date.now, nonce: () => randomBytes(12) })],
    failureConverterPath: payloadFailureConverterPath(),
  }
}
