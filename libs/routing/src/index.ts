export { SUM_LIMIT_FEN } from './asks'
export { costOf, supportFor } from './cards'
export { compileRouting, regionPrefix } from './compile'
export { FRESH, foldHealth, successPpm } from './health'
export { selectRoute } from './select'
export { DayKey } from './types'
export type {
  Channel,
  Gate,
  Mid,
  Pool,
  PoolHealth,
  Refusal,
  Route,
  RoutePayment,
  Routing,
  Selection,
  SelectionOptions,
} from './types'
