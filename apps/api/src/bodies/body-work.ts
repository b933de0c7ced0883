import { behindPayments } from '@lijian/threads'
import { TABLE } from '../http/table'
import type { Endpoint } from '../endpoint'
import { readBody } from './read-body'
import type { Read } from './read-elsewhere'

behindPayments()

const ENDPOINTS = new Map((Object.values(TABLE).flat() as Endpoint<never>[]).map((one) => [one.operationId, one]))

const read = ({ operationId, bytes, query }: { operationId: string; bytes: Uint8Array; query: unknown }): Read =>
  readBody(ENDPOINTS.get(operationId)!, bytes, query)

export type BodyWork = { read: typeof read }

/** What the thread is asked. */
export default function answer([, question]: ['read', Parameters<typeof read>[0]]): Read {
  return read(question)
}
