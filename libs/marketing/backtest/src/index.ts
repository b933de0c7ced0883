export { Backtest, repeatedOfferCodes, type BacktestOptions } from './backtest'
