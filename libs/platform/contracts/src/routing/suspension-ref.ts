import type { RoutingPart } from './route-request'

/** What can be suspended beside the document: a row in `suspension` under this name stops it from the next payment on. */
export const routeRef = (part: RoutingPart, code: string): string => `@route/${part.slice(0, -1)}/${code}`

/** Before merchant and method, for SQL that puts the name together itself; sql/card_went_over.sql has its own copy, libs/routing/card-usage holds both together. */
export const MERCHANT_METHOD_REFS = '@route/merchant-method/'

/** A merchant's payment method: its suspension (card usage, workflows/routing/card-usage-case) stops all its payments of that method. */
export const merchantMethodRef = (merchant: string, method: string): string =>
  `${MERCHANT_METHOD_REFS}${merchant}/${method}`
