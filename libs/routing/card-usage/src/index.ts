export { CardUsageCases } from './card-usage-cases'
export { beginNotice, endNotice, type BegunNotice } from './notices'
export { cardsByUsage } from './usage'
