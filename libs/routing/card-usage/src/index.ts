export { CardUsageCases } from './cases'
export { beginNotice, endNotice, type BegunNotice } from './notices'
export { cardsByUsage } from './usage'
