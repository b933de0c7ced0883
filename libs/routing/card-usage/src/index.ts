export { CardUsageCases } from './card-usage-cases'
export { sendNotice, type NoticeDeps } from './notices'
export { cardsByUsage } from './usage'
