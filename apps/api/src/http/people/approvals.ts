import {
  approvalCounts,
  approvalLine,
  approvalPage,
  approvalQuery,
  approveProposal,
  proposalAnswer,
  rejectProposal,
  SCOPES,
} from '@lijian/contracts/people'
import { z } from 'zod'
import { example } from '../../examples'
import { numberParams } from '../../params'
import { askingOf, endpoint } from './wing'

const tag = 'approvals'
/** Whose kinds are asked about decides what is there. */
const people = SCOPES.filter((scope) => scope !== 'transactions')
const HASH =
  '`hash` is that of the proposal as you were shown it: what has changed since is refused with `changed_since`.'

const lists = [
  endpoint(
    {
      operationId: 'listApprovals',
      method: 'GET',
      path: '/v1/approvals',
      tag,
      scopes: people,
      summary: 'What waits for a second person, or has waited: newest first',
      description:
        'Every kind of decision in one list, of the kinds and branches that you see. "changes" is what differs, in business words; "may" says whether you may decide, and why not.',
      query: approvalQuery,
      answer: approvalPage,
    },
    ({ desk }, { query, principal }) => desk.list(query, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'countApprovals',
      method: 'GET',
      path: '/v1/approvals/counts',
      tag,
      scopes: people,
      summary: 'How many wait for you, and how many of yours wait',
      answer: approvalCounts,
    },
    ({ desk }, { principal }) => desk.counts(askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'listProposals',
      method: 'GET',
      path: '/v1/proposals',
      tag,
      scopes: people,
      summary: 'Proposals, newest first: as GET /v1/approvals',
      query: approvalQuery,
      answer: z.object({ proposals: z.array(approvalLine), next: z.string().optional() }),
    },
    async ({ desk }, { query, principal }) => {
      const { approvals, ...next } = await desk.list(query, askingOf(principal))
      return { proposals: approvals, ...next }
    },
  ),
  endpoint(
    {
      operationId: 'readProposal',
      method: 'GET',
      path: '/v1/proposals/:id',
      tag,
      scopes: people,
      summary: 'A proposal',
      params: numberParams,
      answer: example(approvalLine, 'proposal-answer'),
    },
    ({ desk }, { params, principal }) => desk.read(params.id, askingOf(principal)),
  ),
]

const answer = proposalAnswer

const makersChanges = [
  endpoint(
    {
      operationId: 'amendProposal',
      method: 'PUT',
      path: '/v1/proposals/:id',
      tag,
      scopes: people,
      summary: 'Change a proposal that nobody has decided: by its maker; its hash changes',
      params: numberParams,
      body: example(z.record(z.string(), z.unknown()), 'receipt-request'),
      answer,
    },
    ({ desk }, { principal, params, body }) => desk.amend(params.id, body, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'withdrawProposal',
      method: 'POST',
      path: '/v1/proposals/:id/withdraw',
      tag,
      scopes: people,
      summary: 'Take a proposal back: by its maker',
      params: numberParams,
      answer,
    },
    ({ desk }, { principal, params }) => desk.withdraw(params.id, askingOf(principal)),
  ),
]

const decisions = [
  endpoint(
    {
      operationId: 'approveProposal',
      method: 'POST',
      path: '/v1/proposals/:id/approve',
      strong: true,
      tag,
      scopes: people,
      summary: 'Approve what was shown: by another person than its maker',
      description: HASH,
      params: numberParams,
      body: example(approveProposal, 'approve-proposal'),
      answer,
    },
    ({ desk }, { principal, params, body }) => desk.approve(params.id, body.hash, askingOf(principal)),
  ),
  endpoint(
    {
      operationId: 'rejectProposal',
      method: 'POST',
      path: '/v1/proposals/:id/reject',
      strong: true,
      tag,
      scopes: people,
      summary: 'Reject it, with a reason',
      description: HASH,
      params: numberParams,
      body: example(rejectProposal, 'reject-proposal'),
      answer,
    },
    ({ desk }, { principal, params, body }) => desk.reject(params.id, body.hash, body.reason, askingOf(principal)),
  ),
]

/** Whatever takes more than one person, in one place. */
export const approvalEndpoints = [...lists, ...makersChanges, ...decisions]
