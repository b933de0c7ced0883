import { code, LijianError, serial } from '@lijian/contracts/system'
import { z } from 'zod'

export const codeParams = z.strictObject({ code })
export const idParams = z.strictObject({ id: code })
export const numberParams = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })
export const offerParams = z.strictObject({ code, offer: code })
export const serialParams = z.strictObject({ serial })

/** Whose transactions are read: one's own, or with the scope read.transactions those of any client. */
export function ownClient(
  principal: { client: string; scopes: ReadonlySet<string> },
  query: { client?: string | undefined },
): string {
  const client = query.client ?? principal.client
  if (client !== principal.client && !principal.scopes.has('read.transactions'))
    throw new LijianError('forbidden', 'Transactions of another client need a key with the scope read.transactions')
  return client
}
