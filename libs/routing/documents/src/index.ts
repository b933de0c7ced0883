export { DocumentThread } from './document-thread'
export { LiveRouting, type LiveRoutingOptions } from './live-routing'
export { RoutingDocuments } from './routing-documents'
