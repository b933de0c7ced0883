import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '@temporalio/client'
import { temporal } from '@temporalio/proto'

const TYPES = {
  KEYWORD: temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KEYWORD_LIST: temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
}
export interface SearchAttribute {
  name: string
  type: keyof typeof TYPES
}

const USABLE_WITHIN_MS = 30_000

/** Registers what is missing and waits until the server knows it: a start that names an unknown attribute is refused. */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: readonly SearchAttribute[],
): Promise<void> {
  const missing = async () => {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
    return wanted.filter(({ name }) => !(name in (customAttributes ?? {})))
  }
  const deadline = Date.now() + USABLE_WITHIN_MS
  for (let left = await missing(); left.length > 0; left = await missing()) {
    const searchAttributes = Object.fromEntries(left.map(({ name, type }) => [name, TYPES[type]]))
    // Another worker may register them at the same moment; what counts is the next look.
    const failure = await connection.operatorService
      .addSearchAttributes({ namespace, searchAttributes })
      .then(() => undefined)
      .catch((error: unknown) => error)
    if (Date.now() > deadline) throw new Error('search attributes could not be registered', { cause: failure })
    if ((await missing()).length > 0) await sleep(200)
  }
}
