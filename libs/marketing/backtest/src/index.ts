export { Backtest, repeatedOfferCodes, type BacktestOptions } from './backtest'
export { documentHash } from './summaries'
export { Tallies, type TriedWorld } from './tallies'
