export { Backtest, repeatedOfferCodes, type BacktestOptions } from './backtest'
export { documentHash } from './summaries'
