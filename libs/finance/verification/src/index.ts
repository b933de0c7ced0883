export { MONEY_CHECKS, PAYMENT_CHECKS } from './checks'
export { Accounts } from './accounts'
export { compareFlows, FLOW_CHECKS, type FlowOptions } from './flows'
export { brokenInvariants, namesOf, SHOWN_MAX, verifyBooks, type CheckResult, type VerifyOptions } from './verify'
