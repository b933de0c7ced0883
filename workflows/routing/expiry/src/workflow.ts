import { proxyActivities, setCurrentDetails } from '@temporalio/workflow'
import type { RouteExpiryActivities } from './contract'

const { expireRoutes } = proxyActivities<RouteExpiryActivities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
  summary: 'what is due',
})

const AT_ONCE = 500
/** What is left then is the next minute's: a run stays short in the Temporal UI. */
const ROUNDS = 100

/** The schedule's, once a minute: everything that is due, some hundreds at a time. Returns how many there were. */
export async function routeExpiry(): Promise<number> {
  let ended = 0
  for (let round = 0; round < ROUNDS; round++) {
    const found = await expireRoutes({ limit: AT_ONCE })
    ended += found
    if (ended > 0) setCurrentDetails(`${ended} payments whose reservation was over`)
    if (found < AT_ONCE) break
  }
  return ended
}
