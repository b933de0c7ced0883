import { LijianError } from '@lijian/contracts/system'
import type { ClientBase } from 'pg'
import type { z } from 'zod'

export type Db = Pick<ClientBase, 'query'>

/** A new request has been held against its schema by the door; an amended one comes as it was sent. Throws LijianError invalid_request. */
export function parsed<Schema extends z.ZodType>(schema: Schema, request: unknown): z.output<Schema> {
  const result = schema.safeParse(request)
  if (result.success) return result.data
  throw new LijianError('invalid_request', undefined, {
    errors: result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })),
  })
}

export const refused = (path: string, message: string): LijianError =>
  new LijianError('invalid_request', `${path}: ${message}`, { errors: [{ path, message }] })

/** Sorted, each once: two lists that say the same are the same. */
export const setOf = <Item extends string>(list: readonly Item[]): Item[] => [...new Set(list)].sort()

export const unknownPerson = (id: string): LijianError => new LijianError('not_found', `There is no person ${id}`)
