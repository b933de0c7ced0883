import { readdirSync } from 'node:fs'
import type { z } from 'zod'
import { accountPage } from './accounts'
import { reverseAnswer, transactionAnswer } from './answer'
import { campaignShape } from './campaign'
import { parseCampaign } from './campaign-parse'
import { cardGroup } from './card-group'
import * as clearing from './clearing'
import { evaluationAnswer, evaluationRequest } from './evaluation-request'
import { customerGroup } from './customer-group'
import { EXAMPLES, type ExampleName } from './examples'
import { groupImportAnswer } from './group-import'
import { billLayout } from './bill-layout'
import {
  caseOwnerRequest,
  casePage,
  caseReopenRequest,
  decisionRequest,
  rejectionRequest,
  resolutionRequest,
} from './cases'
import * as cardUsage from './card-usage'
import * as management from './management'
import { merchant } from './merchant'
import { reconciliationRunRequest } from './reconciliation'
import * as cycles from './cycle'
import * as partners from './partner'
import * as proposals from './proposal'
import { refundAnswer, refundRequest, refundResultRequest } from './refund'
import * as doors from './route-door'
import { routingShape } from './routing'
import * as reports from './routing-reports'
import { parseRouting } from './routing-parse'
import { transactionPage } from './transaction-list'
import { resultRequest, reverseRequest, transactionRequest } from './payment'

const SCHEMAS: Record<ExampleName, z.ZodType> = {
  'bill-layout': billLayout,
  'reconciliation-run-request': reconciliationRunRequest,
  'rejection-request': rejectionRequest,
  'decision-request': decisionRequest,
  'resolution-request': resolutionRequest,
  'case-reopen-request': caseReopenRequest,
  'case-owner-request': caseOwnerRequest,
  'acknowledgement-request': clearing.acknowledgementRequest,
  'account-page': accountPage,
  'api-key-answer': management.apiKeyAnswer,
  'api-key-request': management.apiKeyRequest,
  'approve-request': management.approveRequest,
  campaign: campaignShape,
  'campaign-answer': management.campaignAnswer,
  'card-group': cardGroup,
  'card-group-answer': management.cardGroupAnswer,
  'case-page': casePage,
  'check-answer': management.checkAnswer,
  'clearing-file-answer': clearing.clearingFileAnswer,
  'clearing-run-request': clearing.clearingRunRequest,
  'clearing-system-request': clearing.clearingSystemRequest,
  'client-answer': management.clientAnswer,
  'client-request': management.clientRequest,
  'evaluation-answer': evaluationAnswer,
  'evaluation-request': evaluationRequest,
  'customer-group': customerGroup,
  'customer-group-answer': management.customerGroupAnswer,
  'group-import-answer': groupImportAnswer,
  merchant,
  'approve-proposal': proposals.approveProposal,
  'collection-request': proposals.collectionRequest,
  'cycle-adjustment-request': proposals.cycleAdjustmentRequest,
  'cycle-answer': cycles.cycleAnswer,
  'cycle-page': cycles.cyclePage,
  'cycle-request': cycles.cycleRequest,
  'dispute-request': cycles.disputeRequest,
  'credit-line-request': proposals.creditLineRequest,
  'funding-warning-list': partners.fundingWarningList,
  'partner-answer': partners.partnerAnswer,
  'partner-page': partners.partnerPage,
  'partner-request': partners.partnerRequest,
  'proposal-answer': proposals.proposalAnswer,
  'proposal-page': proposals.proposalPage,
  'receipt-request': proposals.receiptRequest,
  'reject-proposal': proposals.rejectProposal,
  'transfer-request': proposals.transferRequest,
  'withdrawal-request': proposals.withdrawalRequest,
  problem: management.problem,
  'refund-answer': refundAnswer,
  'refund-request': refundRequest,
  'refund-result-request': refundResultRequest,
  'replacement-request': clearing.replacementRequest,
  'result-request': resultRequest,
  'reverse-answer': reverseAnswer,
  'reverse-request': reverseRequest,
  'suspension-answer': management.suspensionAnswer,
  'transaction-answer': transactionAnswer,
  'transaction-page': transactionPage,
  'transaction-request': transactionRequest,
  'card-usage-list': cardUsage.cardUsageList,
  'card-case-answer': cardUsage.cardCaseAnswer,
  'card-case-page': cardUsage.cardCasePage,
  'card-case': cardUsage.cardCaseWhole,
  'explanation-request': cardUsage.explanationRequest,
  'card-case-rejection': cardUsage.cardCaseRejection,
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
