export { Payments, type PaymentAsk, type PaymentsOptions } from './payments'
export { Routes, type RouteDoorOptions } from './route-door'
export { expireDueRoutes } from './route-end'
export type { RouteAsk, RouteDoor, RouteResultAsk } from './types'
