/** Names and shapes of the flow that ends reservations of routes. Types and constants only. */
export const WORKFLOW_TYPE = 'routeExpiry'

/** Of another task queue it is another house's. */
export const routeExpiryWorkflowId = (taskQueue: string): string => `route-expiry/${taskQueue}`

export interface RouteExpiryActivities {
  /** Gives back what at most `limit` payments have reserved and whose time is over; how many there were. Safe to repeat. */
  expireRoutes(input: { limit: number }): Promise<number>
}
