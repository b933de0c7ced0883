/** Names and shapes of the flow that ends reservations of routes. Types and constants only. */
export const WORKFLOW_TYPE = 'routeExpiry'

/** The long-lived flow that does it every minute. */
export const TICKS_WORKFLOW_TYPE = 'routeExpiryTicks'
/** Of another task queue it is another house's. */
export const ticksWorkflowId = (taskQueue: string): string => `ticks/route-expiry/${taskQueue}`

export interface ExpiryEnd {
  state: 'done'
  payments: number
}

export interface RouteExpiryActivities {
  /** Gives back what at most `limit` payments have reserved and whose time is over; how many there were. Safe to repeat. */
  expireRoutes(input: { limit: number }): Promise<number>
}
