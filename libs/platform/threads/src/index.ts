export { behindPayments } from './behind-payments'
export { WorkThread, type WorkLimits } from './work-thread'
