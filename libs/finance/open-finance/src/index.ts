export { openFinance, type Finance, type FinancePlatform } from './open-finance'
