import type { FlowEvent } from '@lijian/contracts/system'
import { writeOutbox } from '@lijian/database'
import {
  approvalAttributes,
  approvalSummary,
  approvalWorkflowId,
  WORKFLOW_TYPE,
  type ApprovalInput,
  type ApprovalSnapshot,
} from '@lijian/workflow-approval'
import type { Proposal } from './kinds'

/** What a proposal's flow shows: amounts and who, never an account or a person's words. */
export function approvalSnapshot(proposal: Proposal): ApprovalSnapshot {
  const { id, kind, subject, hash, version, state, maker, madeAt, checker, amountFen, needs, approvals } = proposal
  const { currency } = (proposal.body ?? {}) as { currency?: string }
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
    ...(amountFen === null ? {} : { amountFen }),
    ...(typeof currency === 'string' ? { currency } : {}),
    ...(needs === 1 ? {} : { needs, approvals }),
    ...(proposal.expiresAt === null ? {} : { expiresAt: proposal.expiresAt }),
    branch: proposal.branch,
  }
}

/** In the database transaction of the change. */
export async function tellFlow(db: Parameters<typeof writeOutbox>[0], proposal: Proposal): Promise<Proposal> {
  const body = approvalSnapshot(proposal)
  const start: [ApprovalInput] = [{ proposal: proposal.id }]
  const event: FlowEvent = {
    version: proposal.version,
    start,
    summary: approvalSummary(body),
    attributes: approvalAttributes(body),
    body,
  }
  const workflowId = approvalWorkflowId(proposal.id, proposal.kind)
  await writeOutbox(db, {
    client: `@${workflowId.slice(0, workflowId.indexOf('/'))}`,
    serial: String(proposal.id),
    workflowId,
    workflowType: WORKFLOW_TYPE,
    snapshot: event,
    delayMs: 0,
    dated: false,
  })
  return proposal
}
