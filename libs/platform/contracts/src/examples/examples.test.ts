import { readdirSync } from 'node:fs'
import type { z } from 'zod'
import { accountPage } from '../finance/accounts'
import { reverseAnswer, transactionAnswer } from '../marketing/answer'
import { backtestSummary } from '../marketing/backtest'
import * as runs from '../marketing/backtest-runs'
import { campaignShape } from '../marketing/campaign'
import { parseCampaign } from '../marketing/campaign-parse'
import { cardGroup } from '../marketing/card-group'
import * as clearing from '../finance/clearing'
import { evaluationAnswer, evaluationRequest } from '../marketing/evaluation-request'
import { customerGroup } from '../marketing/customer-group'
import { EXAMPLES, type ExampleName } from '.'
import { sharedPoolRequest } from '../routing/route-request'
import { revealRequest } from '../finance/partner-changes'
import { groupImportAnswer } from '../marketing/group-import'
import { billLayout } from '../finance/bill-layout'
import {
  caseOwnerRequest,
  casePage,
  caseReopenRequest,
  decisionRequest,
  rejectionRequest,
  resolutionRequest,
} from '../people/cases'
import { decisionProofAnswer, decisionProofRequest } from '../people/decision-proof'
import * as cardUsage from '../routing/card-usage'
import * as campaigns from '../marketing/campaign-answer'
import { auditPage } from '../people/audit'
import * as clients from '../people/clients'
import * as directory from '../people/directory'
import * as persons from '../people/persons'
import * as views from '../people/saved-views'
import { passkeyAssertion, passkeyRegistration } from '../people/passkeys'
import { tokenRequest } from '../people/tokens'
import * as groups from '../marketing/group-answer'
import { problem } from '../system/problem'
import { erasureAnswer, erasureRequest } from '../people/erasure'
import { suspensionAnswer } from '../people/suspension'
import { merchant } from '../marketing/merchant'
import * as merchantGroups from '../marketing/merchant-group'
import * as merchantList from '../marketing/merchant-list'
import { reconciliationRunRequest } from '../finance/reconciliation'
import * as cycles from '../finance/cycle'
import * as schedules from '../finance/report-schedules'
import * as files from '../finance/reports'
import * as partners from '../finance/partner'
import * as money from '../finance/money-requests'
import * as proposals from '../people/proposal'
import { refundAnswer, refundRequest, refundResultRequest } from '../marketing/refund'
import * as doors from '../routing/route-request'
import * as templates from '../marketing/rule-template'
import { routingShape } from '../routing/routing'
import * as reports from '../routing/routing-reports'
import { parseRouting } from '../routing/routing-parse'
import { transactionPage } from '../marketing/transaction-list'
import { resultRequest, reverseRequest, transactionRequest } from '../marketing/payment'

const SCHEMAS: Record<ExampleName, z.ZodType> = {
  'from-template-request': templates.fromTemplateRequest,
  'rule-template': templates.ruleTemplate,
  'template-preview-request': templates.templatePreviewRequest,
  'bill-layout': billLayout,
  'reconciliation-run-request': reconciliationRunRequest,
  'rejection-request': rejectionRequest,
  'decision-proof-answer': decisionProofAnswer,
  'decision-proof-request': decisionProofRequest,
  'decision-request': decisionRequest,
  'report-request': files.reportRequest,
  'report-run-answer': files.reportRunAnswer,
  'report-schedule-answer': schedules.reportScheduleAnswer,
  'report-schedule-request': schedules.reportScheduleRequest,
  'resolution-request': resolutionRequest,
  'case-reopen-request': caseReopenRequest,
  'case-owner-request': caseOwnerRequest,
  'acknowledgement-request': clearing.acknowledgementRequest,
  'account-page': accountPage,
  'audit-page': auditPage,
  'api-key-answer': clients.apiKeyAnswer,
  'branch-request': directory.branchRequest,
  'role-request': directory.roleRequest,
  'person-request': directory.personRequest,
  'person-change': directory.personChange,
  'recovery-request': directory.recoveryRequest,
  'delegation-request': directory.delegationRequest,
  'approval-policy-request': directory.approvalPolicyRequest,
  'api-key-request': clients.apiKeyRequest,
  'webhook-rotation-request': clients.webhookRotationRequest,
  'code-request': persons.codeRequest,
  'token-request': tokenRequest,
  'passkey-assertion': passkeyAssertion,
  'passkey-registration': passkeyRegistration,
  'password-request': persons.passwordRequest,
  'enrolment-request': persons.enrolmentRequest,
  'sign-in-request': persons.signInRequest,
  'copy-request': campaigns.copyRequest,
  'saved-view-request': views.savedViewRequest,
  'backtest-request': runs.backtestRequest,
  'approve-request': campaigns.approveRequest,
  'backtest-summary': backtestSummary,
  campaign: campaignShape,
  'campaign-answer': campaigns.campaignAnswer,
  'card-group': cardGroup,
  'card-group-answer': groups.cardGroupAnswer,
  'case-page': casePage,
  'check-answer': campaigns.checkAnswer,
  'clearing-file-answer': clearing.clearingFileAnswer,
  'clearing-run-request': clearing.clearingRunRequest,
  'clearing-system-request': clearing.clearingSystemRequest,
  'client-answer': clients.clientAnswer,
  'client-request': clients.clientRequest,
  'evaluation-answer': evaluationAnswer,
  'evaluation-request': evaluationRequest,
  'customer-group': customerGroup,
  'customer-group-answer': groups.customerGroupAnswer,
  'group-import-answer': groupImportAnswer,
  merchant,
  'merchant-group': merchantGroups.merchantGroupRequest,
  'merchant-group-answer': merchantGroups.merchantGroupAnswer,
  'merchant-page': merchantList.merchantPage,
  'approve-proposal': proposals.approveProposal,
  'collection-request': money.collectionRequest,
  'cycle-adjustment-request': money.cycleAdjustmentRequest,
  'cycle-answer': cycles.cycleAnswer,
  'cycle-page': cycles.cyclePage,
  'cycle-request': cycles.cycleRequest,
  'dispute-request': cycles.disputeRequest,
  'credit-line-request': money.creditLineRequest,
  'reveal-request': revealRequest,
  'shared-pool-request': sharedPoolRequest,
  'funding-warning-list': partners.fundingWarningList,
  'partner-answer': partners.partnerAnswer,
  'partner-page': partners.partnerPage,
  'partner-request': partners.partnerRequest,
  'proposal-answer': proposals.proposalAnswer,
  'proposal-page': proposals.proposalPage,
  'erasure-answer': erasureAnswer,
  'erasure-request': erasureRequest,
  'receipt-request': money.receiptRequest,
  'reject-proposal': proposals.rejectProposal,
  'transfer-request': money.transferRequest,
  'withdrawal-request': money.withdrawalRequest,
  problem: problem,
  'refund-answer': refundAnswer,
  'refund-request': refundRequest,
  'refund-result-request': refundResultRequest,
  'replacement-request': clearing.replacementRequest,
  'result-request': resultRequest,
  'reverse-answer': reverseAnswer,
  'reverse-request': reverseRequest,
  'suspension-answer': suspensionAnswer,
  'transaction-answer': transactionAnswer,
  'transaction-page': transactionPage,
  'transaction-request': transactionRequest,
  'card-usage-list': cardUsage.cardUsageList,
  'card-case-answer': cardUsage.cardCaseAnswer,
  'card-case-page': cardUsage.cardCasePage,
  'card-case': cardUsage.cardCaseWhole,
  'explanation-request': cardUsage.explanationRequest,
  'card-case-rejection': cardUsage.cardCaseReturn,
  'route-request': doors.routeBody,
  'route-answer': doors.routeAnswer,
  'route-result-request': doors.routeResultRequest,
  'route-state-answer': doors.routeStateAnswer,
  'payment-request': doors.paymentBody,
  'payment-answer': doors.paymentAnswer,
  routing: routingShape,
  'routing-answer': doors.routingAnswer,
  'routing-put-answer': doors.routingPutAnswer,
  'routing-versions': doors.routingVersions,
  'capacity-page': reports.capacityPage,
  'compliance-answer': reports.complianceAnswer,
  'drill-answer': reports.drillAnswer,
}

test.each(Object.keys(SCHEMAS) as ExampleName[])('the example %s is what its schema says', (name) => {
  expect(SCHEMAS[name].safeParse(EXAMPLES[name])).toEqual({ success: true, data: EXAMPLES[name] })
})

test('the example campaign is valid as a whole', () => {
  expect(parseCampaign(EXAMPLES.campaign)).toMatchObject({ ok: true })
})

test('the example routing document is valid as a whole', () => {
  expect(parseRouting(EXAMPLES.routing)).toMatchObject({ ok: true })
})

test('every example file is shown', () => {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.example.json'))
  expect(files.map((file) => file.replace('.example.json', '')).sort()).toEqual(Object.keys(EXAMPLES).sort())
})
