import { randomBytes } from 'node:crypto'
import { createPayloadCodec } from '@lijian/privacy'
import type { DataConverter } from '@temporalio/common'

/** Module with the failure converter that goes with encryption; a worker bundles it into the sandbox. */
export const payloadFailureConverterPath = (): string => require.resolve('./payload-failure-converter')

/**
 * Data converter for an installation with LIJIAN_PAYLOAD_KEY: give it to `new Client({ dataConverter })` and to workers. The first
 * key encrypts; the others still decrypt what they once encrypted.
 */
export function encryptedDataConverter(...keys: [Buffer, ...Buffer[]]): DataConverter {
  return {
    payloadCodecs: [createPayloadCodec({ keys, nonce: () => randomBytes(12) })],
    failureConverterPath: payloadFailureConverterPath(),
  }
}
