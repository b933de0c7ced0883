export { explain, unexplained } from './explain'
export { timelineOf } from './timeline'
export type { Answered, CatalogThen, EarlierAnswer, PastDecision, Story, Undoing } from './types'
