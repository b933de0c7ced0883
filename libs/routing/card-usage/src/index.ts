export { CardUsageCases } from './card-usage-cases'
export { explanationKind } from './explanation-kind'
export { sendNotice, type NoticeDeps } from './notices'
export { cardsByUsage } from './usage'
