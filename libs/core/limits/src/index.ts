export { CounterBook } from './counter-book'
export {
  counterKey,
  counterOwner,
  dayCounterKey,
  drawOwner,
  fundsKey,
  fundsOwner,
  fundsPartner,
  isDrawKey,
  isFundsKey,
  parseCounterKey,
  routeCounter,
  routeOwner,
  type CounterKey,
  type RouteCounterKind,
} from './counter-key'
export {
  CounterView,
  OWN_LIMIT,
  type CounterAsk,
  type Counters,
  type CounterChange,
  type CounterDelta,
  type CounterState,
  type Shortage,
} from './counter-view'
export { asSeen, CountersSeen, type SeenCounter, type SeenCounters } from './seen'
