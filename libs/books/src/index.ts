export { Accounts } from './accounts'
export { compareFlows, FLOW_CHECKS, type FlowOptions } from './flows'
export { brokenInvariants, CHECK_NAMES, SHOWN_MAX, verifyBooks, type CheckResult, type VerifyOptions } from './verify'
