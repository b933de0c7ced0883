import type { Mid, Pool, Routing } from './types'

/** One merchant's way of one method and type, with every MID that could carry it. */
export interface RouteOf {
  merchant: string
  name: string
  path: string
  pools: readonly Pool[]
  /** MIDs that the merchant may use and that are active, each with its pool. */
  mids: readonly Usable[]
  /** The same for every merchant whose route has these pools: looked at once. */
  shared: string | undefined
}
export interface Usable {
  mid: Mid
  pool: Pool
}

/** The MIDs of a pool by permitted merchant, found once: a pool may have thousands, and thousands of merchants. */
interface PoolMids {
  pool: Pool
  open: readonly Usable[]
  byMerchant: ReadonlyMap<string, readonly Usable[]>
}

function poolMids(pool: Pool): PoolMids {
  const open: Usable[] = []
  const byMerchant = new Map<string, Usable[]>()
  for (const mid of pool.mids) {
    if (mid.suspended || mid.channel.suspended) continue
    if (mid.allowed === undefined) open.push({ mid, pool })
    else
      for (const merchant of mid.allowed) {
        const own = byMerchant.get(merchant)
        if (own === undefined) byMerchant.set(merchant, [{ mid, pool }])
        else own.push({ mid, pool })
      }
  }
  return { pool, open, byMerchant }
}

/** Every route of the document, in its order. */
export function routesOf(routing: Routing): RouteOf[] {
  const indexes = new Map<Pool, PoolMids>()
  const indexOf = (pool: Pool): PoolMids => {
    let index = indexes.get(pool)
    if (index === undefined) indexes.set(pool, (index = poolMids(pool)))
    return index
  }
  const opens = new Map<string, readonly Usable[]>()
  return routing.document.merchants.flatMap(({ merchant, routes }, m) =>
    routes.map(({ method, type }, r) => {
      const pools = routing.poolsOf(merchant, method, type)!
      const serving = pools.filter(({ suspended }) => !suspended).map(indexOf)
      const key = pools.map(({ code }) => code).join(' ')
      let open = opens.get(key)
      if (open === undefined) opens.set(key, (open = serving.flatMap((index) => index.open)))
      const own = serving.flatMap((index) => index.byMerchant.get(merchant) ?? [])
      const mids = own.length === 0 ? open : [...own, ...open]
      const shared = own.length === 0 ? key : undefined
      return { merchant, name: `${method}/${type}`, path: `merchants[${m}].routes[${r}]`, pools, mids, shared }
    }),
  )
}
