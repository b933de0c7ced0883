import branchRequest from './branch-request.example.json'
import roleRequest from './role-request.example.json'
import personRequest from './person-request.example.json'
import personChange from './person-change.example.json'
import recoveryRequest from './recovery-request.example.json'
import delegationRequest from './delegation-request.example.json'
import approvalPolicyRequest from './approval-policy-request.example.json'
import acknowledgementRequest from './acknowledgement-request.example.json'
import accountPage from './account-page.example.json'
import auditPage from './audit-page.example.json'
import apiKeyAnswer from './api-key-answer.example.json'
import signInRequest from './sign-in-request.example.json'
import enrolmentRequest from './enrolment-request.example.json'
import passwordRequest from './password-request.example.json'
import passkeyAssertion from './passkey-assertion.example.json'
import passkeyRegistration from './passkey-registration.example.json'
import tokenRequest from './token-request.example.json'
import codeRequest from './code-request.example.json'
import webhookRotationRequest from './webhook-rotation-request.example.json'
import apiKeyRequest from './api-key-request.example.json'
import approveProposal from './approve-proposal.example.json'
import copyRequest from './copy-request.example.json'
import savedViewRequest from './saved-view-request.example.json'
import backtestRequest from './backtest-request.example.json'
import approveRequest from './approve-request.example.json'
import backtestSummary from './backtest-summary.example.json'
import caseOwnerRequest from './case-owner-request.example.json'
import caseReopenRequest from './case-reopen-request.example.json'
import revealRequest from './reveal-request.example.json'
import sharedPoolRequest from './shared-pool-request.example.json'
import reportRequest from './report-request.example.json'
import reportRunAnswer from './report-run-answer.example.json'
import reportScheduleAnswer from './report-schedule-answer.example.json'
import reportScheduleRequest from './report-schedule-request.example.json'
import resolutionRequest from './resolution-request.example.json'
import decisionProofAnswer from './decision-proof-answer.example.json'
import decisionProofRequest from './decision-proof-request.example.json'
import decisionRequest from './decision-request.example.json'
import rejectionRequest from './rejection-request.example.json'
import reconciliationRunRequest from './reconciliation-run-request.example.json'
import billLayout from './bill-layout.example.json'
import campaign from './campaign.example.json'
import campaignAnswer from './campaign-answer.example.json'
import cardGroup from './card-group.example.json'
import cardGroupAnswer from './card-group-answer.example.json'
import casePage from './case-page.example.json'
import checkAnswer from './check-answer.example.json'
import clearingFileAnswer from './clearing-file-answer.example.json'
import clearingRunRequest from './clearing-run-request.example.json'
import clearingSystemRequest from './clearing-system-request.example.json'
import clientAnswer from './client-answer.example.json'
import clientRequest from './client-request.example.json'
import collectionRequest from './collection-request.example.json'
import creditLineRequest from './credit-line-request.example.json'
import cycleAdjustmentRequest from './cycle-adjustment-request.example.json'
import cycleAnswer from './cycle-answer.example.json'
import cyclePage from './cycle-page.example.json'
import cycleRequest from './cycle-request.example.json'
import disputeRequest from './dispute-request.example.json'
import evaluationAnswer from './evaluation-answer.example.json'
import evaluationRequest from './evaluation-request.example.json'
import customerGroup from './customer-group.example.json'
import customerGroupAnswer from './customer-group-answer.example.json'
import groupImportAnswer from './group-import-answer.example.json'
import fundingWarningList from './funding-warning-list.example.json'
import merchant from './merchant.example.json'
import merchantGroup from './merchant-group.example.json'
import merchantGroupAnswer from './merchant-group-answer.example.json'
import merchantPage from './merchant-page.example.json'
import partnerAnswer from './partner-answer.example.json'
import partnerPage from './partner-page.example.json'
import partnerRequest from './partner-request.example.json'
import problem from './problem.example.json'
import proposalAnswer from './proposal-answer.example.json'
import proposalPage from './proposal-page.example.json'
import erasureAnswer from './erasure-answer.example.json'
import erasureRequest from './erasure-request.example.json'
import receiptRequest from './receipt-request.example.json'
import refundAnswer from './refund-answer.example.json'
import refundRequest from './refund-request.example.json'
import refundResultRequest from './refund-result-request.example.json'
import rejectProposal from './reject-proposal.example.json'
import replacementRequest from './replacement-request.example.json'
import resultRequest from './result-request.example.json'
import reverseAnswer from './reverse-answer.example.json'
import reverseRequest from './reverse-request.example.json'
import suspensionAnswer from './suspension-answer.example.json'
import transactionAnswer from './transaction-answer.example.json'
import transactionPage from './transaction-page.example.json'
import transactionRequest from './transaction-request.example.json'
import transferRequest from './transfer-request.example.json'
import withdrawalRequest from './withdrawal-request.example.json'
import cardUsageList from './card-usage-list.example.json'
import cardCaseAnswer from './card-case-answer.example.json'
import cardCasePage from './card-case-page.example.json'
import cardCase from './card-case.example.json'
import explanationRequest from './explanation-request.example.json'
import cardCaseRejection from './card-case-rejection.example.json'
import routeRequest from './route-request.example.json'
import routeAnswer from './route-answer.example.json'
import routeResultRequest from './route-result-request.example.json'
import routeStateAnswer from './route-state-answer.example.json'
import paymentRequest from './payment-request.example.json'
import paymentAnswer from './payment-answer.example.json'
import fromTemplateRequest from './from-template-request.example.json'
import ruleTemplate from './rule-template.example.json'
import templatePreviewRequest from './template-preview-request.example.json'
import routing from './routing.example.json'
import routingAnswer from './routing-answer.example.json'
import routingPutAnswer from './routing-put-answer.example.json'
import routingVersions from './routing-versions.example.json'
import capacityPage from './capacity-page.example.json'
import complianceAnswer from './compliance-answer.example.json'
import drillAnswer from './drill-answer.example.json'

/** The examples that stand beside the schemas, by file name: parsed by a test, shown in the API's documentation. */
export const EXAMPLES = {
  'branch-request': branchRequest,
  'role-request': roleRequest,
  'person-request': personRequest,
  'person-change': personChange,
  'recovery-request': recoveryRequest,
  'delegation-request': delegationRequest,
  'approval-policy-request': approvalPolicyRequest,
  'bill-layout': billLayout,
  'reconciliation-run-request': reconciliationRunRequest,
  'rejection-request': rejectionRequest,
  'decision-proof-answer': decisionProofAnswer,
  'decision-proof-request': decisionProofRequest,
  'decision-request': decisionRequest,
  'report-request': reportRequest,
  'report-run-answer': reportRunAnswer,
  'report-schedule-answer': reportScheduleAnswer,
  'report-schedule-request': reportScheduleRequest,
  'resolution-request': resolutionRequest,
  'case-reopen-request': caseReopenRequest,
  'case-owner-request': caseOwnerRequest,
  'acknowledgement-request': acknowledgementRequest,
  'account-page': accountPage,
  'audit-page': auditPage,
  'api-key-answer': apiKeyAnswer,
  'api-key-request': apiKeyRequest,
  'webhook-rotation-request': webhookRotationRequest,
  'code-request': codeRequest,
  'token-request': tokenRequest,
  'passkey-assertion': passkeyAssertion,
  'passkey-registration': passkeyRegistration,
  'password-request': passwordRequest,
  'enrolment-request': enrolmentRequest,
  'sign-in-request': signInRequest,
  'approve-proposal': approveProposal,
  'copy-request': copyRequest,
  'saved-view-request': savedViewRequest,
  'backtest-request': backtestRequest,
  'approve-request': approveRequest,
  'backtest-summary': backtestSummary,
  'from-template-request': fromTemplateRequest,
  'rule-template': ruleTemplate,
  'template-preview-request': templatePreviewRequest,
  campaign,
  'campaign-answer': campaignAnswer,
  'card-group': cardGroup,
  'card-group-answer': cardGroupAnswer,
  'case-page': casePage,
  'check-answer': checkAnswer,
  'clearing-file-answer': clearingFileAnswer,
  'clearing-run-request': clearingRunRequest,
  'clearing-system-request': clearingSystemRequest,
  'client-answer': clientAnswer,
  'client-request': clientRequest,
  'collection-request': collectionRequest,
  'credit-line-request': creditLineRequest,
  'cycle-adjustment-request': cycleAdjustmentRequest,
  'cycle-answer': cycleAnswer,
  'cycle-page': cyclePage,
  'cycle-request': cycleRequest,
  'dispute-request': disputeRequest,
  'evaluation-answer': evaluationAnswer,
  'evaluation-request': evaluationRequest,
  'customer-group': customerGroup,
  'customer-group-answer': customerGroupAnswer,
  'group-import-answer': groupImportAnswer,
  'reveal-request': revealRequest,
  'shared-pool-request': sharedPoolRequest,
  'funding-warning-list': fundingWarningList,
  merchant,
  'merchant-group': merchantGroup,
  'merchant-group-answer': merchantGroupAnswer,
  'merchant-page': merchantPage,
  'partner-answer': partnerAnswer,
  'partner-page': partnerPage,
  'partner-request': partnerRequest,
  problem,
  'proposal-answer': proposalAnswer,
  'proposal-page': proposalPage,
  'erasure-answer': erasureAnswer,
  'erasure-request': erasureRequest,
  'receipt-request': receiptRequest,
  'refund-answer': refundAnswer,
  'refund-request': refundRequest,
  'refund-result-request': refundResultRequest,
  'reject-proposal': rejectProposal,
  'replacement-request': replacementRequest,
  'result-request': resultRequest,
  'reverse-answer': reverseAnswer,
  'reverse-request': reverseRequest,
  'suspension-answer': suspensionAnswer,
  'transaction-answer': transactionAnswer,
  'transaction-page': transactionPage,
  'transaction-request': transactionRequest,
  'transfer-request': transferRequest,
  'withdrawal-request': withdrawalRequest,
  'card-usage-list': cardUsageList,
  'card-case-answer': cardCaseAnswer,
  'card-case-page': cardCasePage,
  'card-case': cardCase,
  'explanation-request': explanationRequest,
  'card-case-rejection': cardCaseRejection,
  'route-request': routeRequest,
  'route-answer': routeAnswer,
  'route-result-request': routeResultRequest,
  'route-state-answer': routeStateAnswer,
  'payment-request': paymentRequest,
  'payment-answer': paymentAnswer,
  routing,
  'routing-answer': routingAnswer,
  'routing-put-answer': routingPutAnswer,
  'routing-versions': routingVersions,
  'capacity-page': capacityPage,
  'compliance-answer': complianceAnswer,
  'drill-answer': drillAnswer,
} as const
export type ExampleName = keyof typeof EXAMPLES
