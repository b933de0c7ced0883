import { merchantMethodRef, type RouteDecisionAnswer } from '@lijian/contracts/routing'
import { asSeen, CounterView, type SeenCounters } from '@lijian/limits'
import type { RouteDecision, RouteRow } from '@lijian/database'
import { selectRoute, type PoolHealth, type Routing, type Selection } from '@lijian/selection'
import { paymentOf, withoutSums } from './decide-route'
import { NoCounters } from './no-counters'

export interface ExplainedBy {
  version: (version: number) => Promise<Routing | undefined>
  drawKey: (id: string) => Buffer | undefined
}

/** Every decision of a payment that is kept, made again from what was stored with it. */
export async function explainRoute(row: RouteRow, { version, drawKey }: ExplainedBy): Promise<RouteDecisionAnswer[]> {
  const explained: RouteDecisionAnswer[] = []
  for (const decision of row.record.decisions) {
    const { at, version: number, exclude, mid } = decision
    const [routing, key] = [await version(number), drawKey(decision.drawKey)]
    const again = routing && key && decideAgain(row, decision, routing, key)
    const verdict = again === undefined ? 'not_recomputed' : (again.route?.mid ?? null) === mid ? 'same' : 'different'
    explained.push({ at, version: number, exclude, mid, verdict, refusals: again?.refusals ?? [] })
  }
  return explained
}

function decideAgain(row: RouteRow, decision: RouteDecision, routing: Routing, drawKey: Buffer): Selection {
  const { facts } = row.record
  const suspended = new Set(decision.suspended)
  if (suspended.has(merchantMethodRef(row.merchant, facts.method)))
    return { route: undefined, refusals: [{ reason: 'suspended', of: 'merchant' }] }
  const without = decision.withoutCounters === true
  const payment = paymentOf(row, facts, decision.amountFen, Date.parse(decision.at), decision.exclude)
  return selectRoute(without ? withoutSums(routing) : routing, payment, {
    counters: without ? new NoCounters() : new CounterView(asSeen(decision.counters as SeenCounters | undefined)),
    drawKey,
    health: (pool) =>
      (Object.hasOwn(decision.health ?? {}, pool) ? decision.health![pool] : undefined) as PoolHealth | undefined,
    gate: { isSuspended: (ref) => suspended.has(ref), mustNotBeSuspended: () => undefined },
    explain: true,
  })
}
