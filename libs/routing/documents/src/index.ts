export { DocumentThread } from './document-thread'
export { LiveRouting, type LiveRoutingOptions } from './live-routing'
export { RoutingDesk } from './routing-desk'
