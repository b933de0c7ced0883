import type { Campaign } from '@lijian/contracts'
import { CounterEntity } from '@lijian/persistence'
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
): Promise<string[]> {
  const limits = new Map<string, CompiledLimit>()
  for (const { code } of document.offers) {
    const offer = compileOffer(document, version, code, compiling)
    for (const limit of offer.limits)
      if (limit.per.length === 0 && !limit.user)
        limits.set(`${limit.limitId}||${offer.clock.startOfPeriod(nowMs, limit.period).start}`, limit)
  }
  const counters = await manager.findBy(CounterEntity, { key: In([...limits.keys()]) })
  return counters.flatMap((counter) => {
    const { limitId, limitFen, limitCount } = limits.get(counter.key)!
    const takenFen = counter.heldFen + counter.usedFen
    const takenCount = counter.heldCount + counter.usedCount
    return [
      ...(limitFen !== null && limitFen < takenFen
        ? [`${limitId}: amount lowered to ${limitFen} below what is used and held: set to ${takenFen}`]
        : []),
      ...(limitCount !== null && limitCount < takenCount
        ? [`${limitId}: count lowered to ${limitCount} below what is used and held: set to ${takenCount}`]
        : []),
    ]
  })
}
