import type { RoutingDocument } from '@lijian/contracts/routing'

/** A pool of a document with "shared" that the live document does not have so. */
export interface SharedUse {
  path: string
  pool: string
  approvedBy: string
  reference: string
  /** With a route to it. */
  merchants: string[]
}

export function sharedUses(document: RoutingDocument, live: RoutingDocument | undefined): SharedUse[] {
  const stands = new Map(live?.pools.map(({ code, shared }) => [code, JSON.stringify(shared)]))
  const uses = new Map<string, SharedUse>()
  for (const [i, { code, shared }] of document.pools.entries())
    if (shared !== undefined && stands.get(code) !== JSON.stringify(shared))
      uses.set(code, { path: `pools[${i}].shared`, pool: code, ...shared, merchants: [] })
  if (uses.size > 0)
    for (const { merchant, routes } of document.merchants)
      for (const pool of new Set(routes.flatMap(({ pools }) => pools))) uses.get(pool)?.merchants.push(merchant)
  return [...uses.values()]
}
