/** Everything the sandbox runs; one name per flow. */
export { marketingTransaction } from '@lijian/workflow-marketing-transaction/workflow'
export { reverseTransaction } from '@lijian/workflow-reverse-transaction/workflow'
export { refund } from '@lijian/workflow-refund/workflow'
export { reconciliationDay, reconciliationDue } from '@lijian/workflow-reconciliation-day/workflow'
export { partnerFunding } from '@lijian/workflow-partner-funding/workflow'
export { issuePartnerCycles, partnerCycle } from '@lijian/workflow-partner-cycle/workflow'
export { clearingDay, clearingDue } from '@lijian/workflow-clearing-day/workflow'
export { routeExpiry } from '@lijian/workflow-route-expiry/workflow'
