import type { Proposal } from '@lijian/approvals'
import type { FlowEvent } from '@lijian/contracts/system'
import type { EventWrite } from '@lijian/database'
import {
  fundingAttributes,
  fundingSummary,
  fundingWorkflowId,
  WORKFLOW_TYPE,
  type FundingInput,
  type FundingSnapshot,
} from '@lijian/workflow-partner-funding'

/** What a proposal's flow is told after every change: amounts and who, never an account or a person's words. */
export function fundingSnapshot(proposal: Proposal): FundingSnapshot {
  const { id, kind, subject, hash, version, state, maker, madeAt, checker } = proposal
  const body = proposal.body as { amount?: number; creditLine?: number; cycle?: number; currency?: string }
  return {
    id,
    kind,
    subject,
    hash,
    version,
    state,
    maker,
    madeAt,
    checker,
    amountFen: body.amount ?? body.creditLine ?? 0,
    ...(body.currency === undefined ? {} : { currency: body.currency }),
  }
}

export function fundingEvent(proposal: Proposal): EventWrite {
  const body = fundingSnapshot(proposal)
  const start: [FundingInput] = [{ proposal: proposal.id }]
  const event: FlowEvent = {
    version: proposal.version,
    start,
    summary: fundingSummary(body),
    attributes: fundingAttributes(body),
    body,
  }
  return {
    client: '@funding',
    serial: String(proposal.id),
    workflowId: fundingWorkflowId(proposal.id),
    workflowType: WORKFLOW_TYPE,
    snapshot: event,
    delayMs: 0,
    dated: false,
  }
}
