import { LijianError } from '@lijian/contracts/system'
import type { Endpoint } from '../endpoint'
import { bodyCompilerOf, textFaultOf } from '../validation'
import { jsonBody } from './json-body'
import type { Read, Stage } from './read-elsewhere'

/** All that becomes of a body before its handler runs. */
export function readBody({ reads, body, digest }: Endpoint<never>, bytes: Uint8Array): Read {
  let stage: Stage = 'text'
  try {
    const json = jsonBody(bytes, textFaultOf(reads))
    if (body === undefined) return { value: undefined }
    stage = 'schema'
    const { value, error } = bodyCompilerOf(reads)({ schema: body, httpPart: 'body' })(json ?? null)
    if (error) throw error
    stage = 'digest'
    return { value: digest ? digest(value) : value }
  } catch (error) {
    if (!(error instanceof LijianError)) throw error
    const { code, detail, extra } = error
    return { fault: { stage, code, detail, extra } }
  }
}
