import { LijianError } from '@lijian/contracts/system'
import type { Endpoint } from '../endpoint'
import { bodyCompilerOf, textFaultOf } from '../validation'
import { jsonBody } from './json-body'
import type { Read, Stage } from './read-elsewhere'

/** All that becomes of a body before its handler runs. `query`: as it came; a fault in it is told on the loop. */
export function readBody(one: Endpoint<never>, bytes: Uint8Array, query?: unknown): Read {
  const { reads, body, digest, ahead } = one
  let stage: Stage = 'text'
  try {
    const json = jsonBody(bytes, textFaultOf(reads))
    if (body === undefined) return { value: undefined }
    stage = 'schema'
    const { value, error } = bodyCompilerOf(reads)({ schema: body, httpPart: 'body' })(json ?? null)
    if (error) throw error
    stage = 'digest'
    if (!digest) return { value }
    const digested = digest(value)
    const asked = one.query?.safeParse(query)
    const isAsked = ahead !== undefined && asked?.success !== false
    return { value: isAsked ? ahead(digested, asked?.data as undefined) : digested }
  } catch (error) {
    if (!(error instanceof LijianError)) throw error
    const { code, detail, extra } = error
    return { fault: { stage, code, detail, extra } }
  }
}
