import { tryDecode } from '@lijian/contracts/system'
import { NO_TEXT } from '@lijian/contracts/text'
import type { Payload, PayloadCodec } from '@temporalio/common'

const JSON_ENCODING = 'json/plain'

const valueOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // The SDK would fail the task, and try it again for ever.
    return NO_TEXT
  }
}

/**
 * The SDK reads what is no UTF-8 as U+FFFD, which makes different people one. Here such bytes become `NO_TEXT`, in the place where they are, and so
 * does the whole of a payload that is no JSON: whoever checks texts refuses them with the path. Everything else stays as it is, byte for byte.
 */
function readable(payload: Payload): Payload {
  const encoding = payload.metadata?.['encoding']
  if (!encoding || Buffer.from(encoding).toString('latin1') !== JSON_ENCODING) return payload
  const data = Buffer.from(payload.data ?? [])
  const text = tryDecode(data)
  const value = valueOf(text ?? data.toString('utf8').replaceAll('\uFFFD', NO_TEXT))
  if (text !== undefined && value !== NO_TEXT) return payload
  return { ...payload, data: Buffer.from(JSON.stringify(value)) }
}

/** Goes before the encryption in the list of codecs: they decode from last to first. */
export const textCodec: PayloadCodec = {
  encode: (payloads) => Promise.resolve(payloads),
  decode: (payloads) => Promise.resolve(payloads.map(readable)),
}
