import { regionPrefix, type Merchant, type RoutingMid } from '@lijian/contracts'
import type { Load } from './replay'
import type { Mid, Routing } from './types'

export interface ComplianceReport {
  /** Pools with MIDs that nobody in particular may use: by whom that was approved, and which merchants come to them. */
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
  loads: ReadonlyMap<string, Load> = new Map(),
): ComplianceReport {
  const users = usersOf(routing)
  const total = [...loads.values()].reduce((sum, { amountFen }) => sum + amountFen, 0)
  const concentration = [...routing.mids.values()].map((mid) => {
    const { amountFen = 0 } = loads.get(mid.code) ?? {}
    const sharePpm = total === 0 ? 0 : Math.floor((amountFen * 1_000_000) / total)
    return { mid: mid.code, channel: mid.channel.code, merchants: users.get(mid)?.size ?? 0, amountFen, sharePpm }
  })
  return {
    sharedPools: sharedPools(routing),
    mismatches: [...routing.document.mids].flatMap((mid) => mismatchesOf(mid, merchants)),
    concentration: concentration.sort(
      (a, b) => b.amountFen - a.amountFen || b.merchants - a.merchants || (a.mid < b.mid ? -1 : 1),
    ),
  }
}

function usersOf(routing: Routing): Map<Mid, Set<string>> {
  const users = new Map<Mid, Set<string>>()
  for (const { merchant, routes } of routing.document.merchants)
    for (const { method, type } of routes)
      for (const pool of routing.poolsOf(merchant, method, type)!)
        for (const mid of pool.mids) {
          if (mid.allowed !== undefined && !mid.allowed.has(merchant)) continue
          const of = users.get(mid)
          if (of === undefined) users.set(mid, new Set([merchant]))
          else of.add(merchant)
        }
  return users
}

function sharedPools(routing: Routing): ComplianceReport['sharedPools'] {
  return routing.document.pools.flatMap(({ code, shared }) => {
    const pool = routing.pools.get(code)!
    const sharedMids = pool.mids.filter(({ allowed }) => allowed === undefined).length
    if (sharedMids === 0) return []
    const merchants = routing.document.merchants
      .filter(({ routes }) => routes.some(({ pools }) => pools.includes(code)))
      .map(({ merchant }) => merchant)
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
