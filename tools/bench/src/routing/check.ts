import { CounterBook } from '@lijian/limits'
import { selectRoute, type RoutePayment, type Routing } from '@lijian/selection'
import { factsOf, type Filter } from './engines'

/** The same MIDs for each of these payments, or the bench stops. */
export async function agree(
  name: string,
  filter: Filter,
  routing: Routing,
  payments: readonly RoutePayment[],
): Promise<void> {
  for (const payment of payments) {
    const [found, wanted] = [(await filter(factsOf(payment))).sort(), passing(routing, payment)]
    if (found.join() !== wanted.join())
      throw new Error(`${name} lets others pass: ${found.join()} for ${wanted.join()}`)
  }
}

/** All that the filters let pass, by asking again without those that were given. */
export function passing(routing: Routing, payment: RoutePayment): string[] {
  const exclude: string[] = []
  for (;;) {
    const counters = new CounterBook()
    const { route } = selectRoute(routing, { ...payment, exclude }, { counters, drawKey: Buffer.alloc(4) })
    if (route === undefined) return exclude.sort()
    exclude.push(route.mid)
  }
}
