import { approveProposal, proposalAnswer, proposalPage, rejectProposal } from '@lijian/contracts/people'
import {
  creditLineRequest,
  PROPOSAL_KINDS,
  proposalQuery,
  receiptRequest,
  transferRequest,
  withdrawalRequest,
  type ProposalKindName,
} from '@lijian/contracts/finance'
import { LijianError } from '@lijian/contracts/system'
import { INSTITUTION, type MoneyProposals } from '@lijian/partner-funding'
import { z } from 'zod'
import type { Principal } from '@lijian/identity'
import { example } from '../../examples'
import { codeParams, numberParams } from '../../params'
import { endpoint } from './wing'

const tag = 'funding'
const makers = ['funding.make'] as const
const checkers = ['funding.check'] as const
const readers = ['read', 'funding.make', 'funding.check'] as const
const answer = example(proposalAnswer, 'proposal-answer')

const WAITS =
  'Nothing moves until somebody else approves it: `POST /v1/proposals/{id}/approve`, or in the Temporal UI under `funding/<id>`.'
const HASH =
  '`hash` is that of the proposal as you were shown it: what has changed since is refused with `changed_since`.'

/** One address per kind; what is entered waits for the other person. */
const entries = [
  endpoint(
    {
      operationId: 'proposeReceipt',
      method: 'POST',
      path: '/v1/partners/:code/receipts',
      tag,
      scopes: makers,
      summary: "Enter a receipt: a partner's money has arrived",
      description: WAITS,
      params: codeParams,
      body: example(receiptRequest, 'receipt-request'),
      answer,
    },
    ({ proposals }, { principal, params, body }) => proposals.propose('receipt', params.code, body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'proposeWithdrawal',
      method: 'POST',
      path: '/v1/partners/:code/withdrawals',
      tag,
      scopes: makers,
      summary: 'Pay back what is left of a prepaid balance',
      description: WAITS,
      params: codeParams,
      body: example(withdrawalRequest, 'withdrawal-request'),
      answer,
    },
    ({ proposals }, { principal, params, body }) => proposals.propose('withdrawal', params.code, body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'proposeCreditLine',
      method: 'POST',
      path: '/v1/partners/:code/credit-line',
      tag,
      scopes: makers,
      summary: 'Change the credit line of a partner (授信)',
      description: WAITS,
      params: codeParams,
      body: example(creditLineRequest, 'credit-line-request'),
      answer,
    },
    ({ proposals }, { principal, params, body }) =>
      proposals.propose('credit_line', params.code, body, principal.keyId),
  ),
  endpoint(
    {
      operationId: 'proposeTransfer',
      method: 'POST',
      path: '/v1/transfers',
      tag,
      scopes: makers,
      summary: 'Transfer between own funds and client reserve (备付金)',
      description: WAITS,
      body: example(transferRequest, 'transfer-request'),
      answer,
    },
    ({ proposals }, { principal, body }) => proposals.propose('transfer', INSTITUTION, body, principal.keyId),
  ),
]

const makersChanges = [
  endpoint(
    {
      operationId: 'amendProposal',
      method: 'PUT',
      path: '/v1/proposals/:id',
      tag,
      scopes: makers,
      summary: 'Change a proposal that nobody has decided: by its maker; its hash changes',
      params: numberParams,
      body: example(z.record(z.string(), z.unknown()), 'receipt-request'),
      answer,
    },
    async ({ proposals }, { principal, params, body }) => {
      await allowed(proposals, params.id, principal, 'make')
      return proposals.amend(params.id, body, principal.keyId)
    },
  ),
  endpoint(
    {
      operationId: 'withdrawProposal',
      method: 'POST',
      path: '/v1/proposals/:id/withdraw',
      tag,
      scopes: makers,
      summary: 'Take a proposal back: by its maker',
      params: numberParams,
      answer,
    },
    async ({ proposals }, { principal, params }) => {
      await allowed(proposals, params.id, principal, 'make')
      return proposals.withdraw(params.id, principal.keyId)
    },
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
      scopes: checkers,
      summary: 'Approve what was shown: by another person than its maker',
      description: HASH,
      params: numberParams,
      body: example(approveProposal, 'approve-proposal'),
      answer,
    },
    async ({ proposals }, { principal, params, body }) => {
      await allowed(proposals, params.id, principal, 'check')
      return proposals.approve(params.id, body.hash, principal.keyId)
    },
  ),
  endpoint(
    {
      operationId: 'rejectProposal',
      method: 'POST',
      path: '/v1/proposals/:id/reject',
      strong: true,
      tag,
      scopes: checkers,
      summary: 'Reject it, with a reason',
      description: HASH,
      params: numberParams,
      body: example(rejectProposal, 'reject-proposal'),
      answer,
    },
    async ({ proposals }, { principal, params, body }) => {
      await allowed(proposals, params.id, principal, 'check')
      return proposals.reject(params.id, body.hash, principal.keyId, body.reason)
    },
  ),
]

const lists = [
  endpoint(
    {
      operationId: 'listProposals',
      method: 'GET',
      path: '/v1/proposals',
      tag,
      scopes: readers,
      summary: 'Proposals, newest first',
      query: proposalQuery,
      answer: example(proposalPage, 'proposal-page'),
    },
    ({ proposals }, { query }) => proposals.list(query),
  ),
  endpoint(
    {
      operationId: 'readProposal',
      method: 'GET',
      path: '/v1/proposals/:id',
      tag,
      scopes: readers,
      summary: 'A proposal',
      params: numberParams,
      answer,
    },
    ({ proposals }, { params }) => proposals.read(params.id),
  ),
]

/** Money that two people move: one enters it, another approves what was shown. */
export const fundingEndpoints = [...entries, ...makersChanges, ...decisions, ...lists]

/** Kinds have scopes of their own: a key that may decide about receipts may not therefore decide about everything. */
async function allowed(
  proposals: MoneyProposals,
  id: number,
  { scopes }: Principal,
  what: 'make' | 'check',
): Promise<void> {
  const { kind } = await proposals.read(id)
  const scope = PROPOSAL_KINDS[kind as ProposalKindName][what]
  if (!scopes.has(scope)) throw new LijianError('forbidden', `This needs a key with the scope ${scope}`)
}
