export { Payments, type PaymentAsk, type PaymentsOptions } from './payments'
export { Routes, type RoutesOptions } from './routes'
export { expireDueRoutes } from './route-end'
export type { RouteAsk, RouteResultAsk } from './types'
