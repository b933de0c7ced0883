import { regionPrefix, type Merchant } from '@lijian/contracts/marketing'
import type { RoutingMid } from '@lijian/contracts/routing'
import type { Load } from './replay'
import type { Mid, Pool, Routing } from './types'

export interface ComplianceReport {
  /** Pools with shared MIDs: by whom that was approved, and which merchants come to them. */
  sharedPools: {
    pool: string
    approvedBy: string | null
    reference: string | null
    sharedMids: number
    merchants: string[]
  }[]
  /** MIDs whose industry or region is not that of a merchant that they are registered for. */
  mismatches: { mid: string; merchant: string; what: 'industry' | 'region'; ofMid: string; ofMerchant: string | null }[]
  /** Share of all that was carried, in ppm, greatest first; without loads by the number of merchants that may use each. */
  concentration: { mid: string; channel: string; merchants: number; amountFen: number; sharePpm: number }[]
}

/** Who uses what is shared, what is registered for the wrong trade or place, and how much hangs on one MID. */
export function compliance(
  routing: Routing,
  merchants: ReadonlyMap<string, Pick<Merchant, 'mcc' | 'region'>>,
  loads: ReadonlyMap<string, Pick<Load, 'amountFen'>> = new Map(),
): ComplianceReport {
  const comers = comersOf(routing)
  const users = usersOf(routing, comers)
  const total = [...loads.values()].reduce((sum, { amountFen }) => sum + amountFen, 0)
  const concentration = [...routing.mids.values()].map((mid) => {
    const { amountFen = 0 } = loads.get(mid.code) ?? {}
    const sharePpm = total === 0 ? 0 : Math.floor((amountFen * 1_000_000) / total)
    return { mid: mid.code, channel: mid.channel.code, merchants: users.get(mid) ?? 0, amountFen, sharePpm }
  })
  return {
    sharedPools: sharedPools(routing, comers),
    mismatches: [...routing.document.mids].flatMap((mid) => mismatchesOf(mid, merchants)),
    concentration: concentration.sort(
      (a, b) => b.amountFen - a.amountFen || b.merchants - a.merchants || (a.mid < b.mid ? -1 : 1),
    ),
  }
}

/** The merchants with a route to each pool. */
function comersOf(routing: Routing): Map<Pool, Set<string>> {
  const comers = new Map([...routing.pools.values()].map((pool) => [pool, new Set<string>()]))
  for (const { merchant, routes } of routing.document.merchants)
    for (const { method, type } of routes)
      for (const pool of routing.poolsOf(merchant, method, type)!) comers.get(pool)!.add(merchant)
  return comers
}

/** How many merchants may use each MID: those that come to one of its pools, of a MID with `allowedMerchants` only these. */
function usersOf(routing: Routing, comers: ReadonlyMap<Pool, ReadonlySet<string>>): Map<Mid, number> {
  const poolsOf = new Map<Mid, Pool[]>()
  for (const pool of routing.pools.values())
    for (const mid of pool.mids) poolsOf.set(mid, [...(poolsOf.get(mid) ?? []), pool])
  const users = new Map<Mid, number>()
  for (const [mid, pools] of poolsOf) {
    const sets = pools.map((pool) => comers.get(pool)!)
    const { allowed } = mid
    if (allowed !== undefined)
      users.set(mid, [...allowed].filter((merchant) => sets.some((set) => set.has(merchant))).length)
    else users.set(mid, sets.length === 1 ? sets[0]!.size : new Set(sets.flatMap((set) => [...set])).size)
  }
  return users
}

function sharedPools(
  routing: Routing,
  comers: ReadonlyMap<Pool, ReadonlySet<string>>,
): ComplianceReport['sharedPools'] {
  return routing.document.pools.flatMap(({ code, shared }) => {
    const pool = routing.pools.get(code)!
    const sharedMids = pool.mids.filter(({ allowed }) => allowed === undefined).length
    if (sharedMids === 0) return []
    const merchants = [...comers.get(pool)!]
    return [
      {
        pool: code,
        approvedBy: shared?.approvedBy ?? null,
        reference: shared?.reference ?? null,
        sharedMids,
        merchants,
      },
    ]
  })
}

function mismatchesOf(
  { code, allowedMerchants = [], industry, region }: RoutingMid,
  merchants: ReadonlyMap<string, Pick<Merchant, 'mcc' | 'region'>>,
): ComplianceReport['mismatches'] {
  return allowedMerchants.flatMap((id) => {
    const merchant = merchants.get(id)
    if (merchant === undefined) return []
    const found: ComplianceReport['mismatches'] = []
    if (industry !== undefined && merchant.mcc !== industry)
      found.push({ mid: code, merchant: id, what: 'industry', ofMid: industry, ofMerchant: merchant.mcc ?? null })
    if (region !== undefined && merchant.region?.startsWith(regionPrefix(region)) !== true)
      found.push({ mid: code, merchant: id, what: 'region', ofMid: region, ofMerchant: merchant.region ?? null })
    return found
  })
}
