import type { Campaign, DocumentWarning, Offer } from '@lijian/contracts/marketing'
import { CounterEntity } from '@lijian/database'
import { counterKey } from '@lijian/limits'
import { compileOffer, type CompiledOffer } from '@lijian/rules'
import { In, type EntityManager } from 'typeorm'

type CompiledLimit = CompiledOffer['limits'][number]

/** Compiling needs a draw key; limits have nothing to do with it. */
const compiling = { cardGroups: [], drawKey: Buffer.alloc(32) }

/**
 * What a new version lowers below used + held: it counts as set to that (DESIGN §3, "limits"). Looked at for the counters of a whole
 * offer or campaign in their current period; those per merchant or card follow the same rule one by one when they are next met.
 */
export async function loweredLimits(
  manager: EntityManager,
  document: Campaign,
  version: number,
  nowMs: number,
): Promise<DocumentWarning[]> {
  const limits = new Map<string, { limit: CompiledLimit; path: string }>()
  document.offers.forEach(({ code }, at) => {
    const offer = compileOffer(document, version, code, compiling)
    const paths = pathsOf(document, at)
    offer.limits.forEach((limit, i) => {
      if (limit.per.length > 0 || limit.user) return
      const key = counterKey(limit.limitId, '', offer.clock.startOfPeriod(nowMs, limit.period).start)
      if (!limits.has(key)) limits.set(key, { limit, path: paths[i]! })
    })
  })
  const counters = await manager.findBy(CounterEntity, { key: In([...limits.keys()]) })
  return counters.flatMap(({ key, usedFen, heldFen, usedCount, heldCount }) => {
    const { limit, path } = limits.get(key)!
    return [
      ...lowered({ limit: limit.limitId, path, key: 'amount', to: limit.limitFen, used: usedFen, held: heldFen }),
      ...lowered({ limit: limit.limitId, path, key: 'count', to: limit.limitCount, used: usedCount, held: heldCount }),
    ]
  })
}

/** Where each limit of a compiled offer stands in the document: limits of the offer, limits of the campaign, budgets. */
function pathsOf({ offers, limits = [], budget }: Campaign, at: number): string[] {
  const { code, rule, budget: own }: Offer = offers[at]!
  return [
    ...(rule.limits ?? []).map((_, i) => `offers[${at}].rule.limits[${i}]`),
    ...limits.flatMap((limit, i) => (limit.offers?.includes(code) === false ? [] : [`limits[${i}]`])),
    ...(own === undefined ? [] : [`offers[${at}].budget`]),
    ...(budget === undefined ? [] : ['budget']),
  ]
}

interface Lowering {
  limit: string
  path: string
  key: 'amount' | 'count'
  to: number | null
  used: number
  held: number
}

function lowered({ limit, path, key, to, used, held }: Lowering): DocumentWarning[] {
  if (to === null || to >= used + held) return []
  return [
    {
      code: 'limit_lowered',
      level: 'warning',
      path: `${path}.${key}`,
      message: `${limit}: ${key} lowered to ${to} below what is used and held: set to ${used + held}.`,
      messageZh: `${limit}:${key} 降为 ${to},低于已用与占用之和:按 ${used + held} 计。`,
      proof: { limit, [key]: to, used, held },
    },
  ]
}
