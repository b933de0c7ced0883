export { cardAsks, SUM_LIMIT_FEN, sumAsk } from './asks'
export { costOf, supportFor } from './cards'
export { usageAnswer, usagePlaces, type UsagePlace } from './card-usage'
export { compileRouting } from './compile'
export { FRESH, foldHealth, successPpm } from './health'
export {
  RouteReplay,
  ReplayRefusal,
  KINDS,
  type Kind,
  type Load,
  type Outcome,
  type ReplayPayment,
  type Routed,
} from './replay'
export { selectRoute } from './select'
export {
  routingWarnings,
  ROUTING_WARNINGS,
  type LastMonth,
  type RoutingWarning,
  type RoutingWarningCode,
} from './warnings'
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
export { compliance, type ComplianceReport } from './compliance'
export { clock, Drill, drill, type DrillLine } from './drill'
export { curveOf, historyOf, historyOfLooks, type Curve, type History, type Looks } from './curve'
export { forecast, FORECAST_DAYS, isFull, type AskedForecast, type Basis, type Forecast } from './forecast'
