import type { RoutingPart } from '@lijian/contracts'

/** What can be suspended beside the document: a row in `suspension` under this name stops it from the next payment on. */
export const routeRef = (part: RoutingPart, code: string): string => `@route/${part.slice(0, -1)}/${code}`

/** A merchant's payment method: whoever suspends it (card usage, workflows/card-usage-case) stops all its payments of that method. */
export const merchantMethodRef = (merchant: string, method: string): string =>
  `@route/merchant-method/${merchant}/${method}`
