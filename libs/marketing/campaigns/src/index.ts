export { Backtests } from './backtests'
export { Campaigns } from './campaigns'
export { Merchants } from './merchants'
export { Suspensions } from './suspensions'
