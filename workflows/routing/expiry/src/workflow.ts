import { ticking, type TicksInput } from '@lijian/flow-kit'
import { proxyActivities, setCurrentDetails } from '@temporalio/workflow'
import type { ExpiryEnd, RouteExpiryActivities } from './contract'

const { expireRoutes } = proxyActivities<RouteExpiryActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
  summary: 'what is due',
})

const AT_ONCE = 500
/** What is left then is the next minute's: a round stays short in the Temporal UI. */
const ROUNDS = 100
const MINUTE_MS = 60_000

async function sweep(): Promise<number> {
  let ended = 0
  for (let round = 0; round < ROUNDS; round++) {
    const found = await expireRoutes({ limit: AT_ONCE })
    ended += found
    if (found < AT_ONCE) break
  }
  return ended
}

const inWords = (ended: number) => `${ended} payments whose reservation was over`

/** Everything that is due, some hundreds at a time: by hand, and once a minute by schedules of releases up to 2026-12. */
export async function routeExpiry(): Promise<ExpiryEnd> {
  const payments = await sweep()
  setCurrentDetails(inWords(payments))
  return { state: 'done', payments }
}

/** The same once a minute, in one flow. What was missed is swept by the next round. */
export const routeExpiryTicks = (input: TicksInput): Promise<never> =>
  ticking(input, {
    what: 'reservations of routes whose time is over are given back, every minute',
    next: async (after) => new Date((Math.floor(Date.parse(after) / MINUTE_MS) + 1) * MINUTE_MS).toISOString(),
    round: async () => inWords(await sweep()),
    missed: 'one',
  })
