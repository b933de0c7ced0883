export {
  CounterView,
  OWN_LIMIT,
  type CounterAsk,
  type CounterChange,
  type CounterDelta,
  type CounterState,
  type Shortage,
} from './counter-view'
