import { proposalAnswer } from '@lijian/contracts/people'
import { creditLineRequest, receiptRequest, transferRequest, withdrawalRequest } from '@lijian/contracts/finance'
import { INSTITUTION } from '@lijian/partner-funding'
import { example } from '../../examples'
import { codeParams } from '../../params'
import { propose } from './propose'
import { endpoint } from './wing'

const tag = 'funding'
const makers = ['funding.make'] as const
const answer = example(proposalAnswer, 'proposal-answer')

const WAITS =
  'Nothing moves until somebody else approves it: `POST /v1/proposals/{id}/approve`, or in the Temporal UI under `funding/<id>`.'

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
    (wing, asked) => propose(wing, 'receipt', asked.params.code, asked),
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
    (wing, asked) => propose(wing, 'withdrawal', asked.params.code, asked),
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
    (wing, asked) => propose(wing, 'credit_line', asked.params.code, asked),
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
    (wing, asked) => propose(wing, 'transfer', INSTITUTION, asked),
  ),
]

/** Money that two people move: one enters it here, another approves it in `GET /v1/approvals`. */
export const fundingEndpoints = entries
