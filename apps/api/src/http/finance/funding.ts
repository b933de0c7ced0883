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
import { INSTITUTION } from '@lijian/partner-funding'
import { z } from 'zod'
import { example } from '../../examples'
import type { Api, ApiContext } from '../../context'
import type { Principal } from '@lijian/identity'
import { codeParams, problemResponse, shown } from '../../route-kit'

const tag = 'funding'
const makers = ['funding.make'] as const
const checkers = ['funding.check'] as const
const readers = ['read', 'funding.make', 'funding.check'] as const
const response = { 200: example(proposalAnswer, 'proposal-answer'), default: problemResponse }
const idParams = z.strictObject({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

/** Money that two people move: one enters it, another approves what was shown. */
export function fundingRoutes(app: Api, context: ApiContext): void {
  entries(app, context)
  makersChanges(app, context)
  decisions(app, context)
  lists(app, context)
}

/** One address per kind; what is entered waits for the other person. */
function entries(app: Api, { use, authenticate }: ApiContext): void {
  const words = (summary: string) => shown({ tag, scopes: makers, summary, description: WAITS })
  app.post(
    '/v1/partners/:code/receipts',
    {
      schema: {
        ...words("Enter a receipt: a partner's money has arrived"),
        params: codeParams,
        body: example(receiptRequest, 'receipt-request'),
        response,
      },
      onRequest: authenticate(...makers),
    },
    ({ principal, params, body }) => use.proposals.propose('receipt', params.code, body, principal.keyId),
  )
  app.post(
    '/v1/partners/:code/withdrawals',
    {
      schema: {
        ...words('Pay back what is left of a prepaid balance'),
        params: codeParams,
        body: example(withdrawalRequest, 'withdrawal-request'),
        response,
      },
      onRequest: authenticate(...makers),
    },
    ({ principal, params, body }) => use.proposals.propose('withdrawal', params.code, body, principal.keyId),
  )
  app.post(
    '/v1/partners/:code/credit-line',
    {
      schema: {
        ...words('Change the credit line of a partner (授信)'),
        params: codeParams,
        body: example(creditLineRequest, 'credit-line-request'),
        response,
      },
      onRequest: authenticate(...makers),
    },
    ({ principal, params, body }) => use.proposals.propose('credit_line', params.code, body, principal.keyId),
  )
  app.post(
    '/v1/transfers',
    {
      schema: {
        ...words('Transfer between own funds and client reserve (备付金)'),
        body: example(transferRequest, 'transfer-request'),
        response,
      },
      onRequest: authenticate(...makers),
    },
    ({ principal, body }) => use.proposals.propose('transfer', INSTITUTION, body, principal.keyId),
  )
}

function makersChanges(app: Api, { use, authenticate }: ApiContext): void {
  app.put(
    '/v1/proposals/:id',
    {
      schema: {
        ...shown({
          tag,
          scopes: makers,
          summary: 'Change a proposal that nobody has decided: by its maker; its hash changes',
        }),
        params: idParams,
        body: example(z.record(z.string(), z.unknown()), 'receipt-request'),
        response,
      },
      onRequest: authenticate(...makers),
    },
    async ({ principal, params, body }) => {
      await allowed(use, params.id, principal, 'make')
      return use.proposals.amend(params.id, body, principal.keyId)
    },
  )
  app.post(
    '/v1/proposals/:id/withdraw',
    {
      schema: {
        ...shown({ tag, scopes: makers, summary: 'Take a proposal back: by its maker' }),
        params: idParams,
        response,
      },
      onRequest: authenticate(...makers),
    },
    async ({ principal, params }) => {
      await allowed(use, params.id, principal, 'make')
      return use.proposals.withdraw(params.id, principal.keyId)
    },
  )
}

function decisions(app: Api, { use, authenticate }: ApiContext): void {
  app.post(
    '/v1/proposals/:id/approve',
    {
      schema: {
        ...shown({
          tag,
          scopes: checkers,
          summary: 'Approve what was shown: by another person than its maker',
          description: HASH,
        }),
        params: idParams,
        body: example(approveProposal, 'approve-proposal'),
        response,
      },
      onRequest: authenticate(...checkers),
    },
    async ({ principal, params, body }) => {
      await allowed(use, params.id, principal, 'check')
      return use.proposals.approve(params.id, body.hash, principal.keyId)
    },
  )
  app.post(
    '/v1/proposals/:id/reject',
    {
      schema: {
        ...shown({ tag, scopes: checkers, summary: 'Reject it, with a reason', description: HASH }),
        params: idParams,
        body: example(rejectProposal, 'reject-proposal'),
        response,
      },
      onRequest: authenticate(...checkers),
    },
    async ({ principal, params, body }) => {
      await allowed(use, params.id, principal, 'check')
      return use.proposals.reject(params.id, body.hash, principal.keyId, body.reason)
    },
  )
}

function lists(app: Api, { use, authenticate }: ApiContext): void {
  app.get(
    '/v1/proposals',
    {
      schema: {
        ...shown({ tag, scopes: readers, summary: 'Proposals, newest first' }),
        querystring: proposalQuery,
        response: { 200: example(proposalPage, 'proposal-page'), default: problemResponse },
      },
      onRequest: authenticate(...readers),
    },
    ({ query }) => use.proposals.list(query),
  )
  app.get(
    '/v1/proposals/:id',
    {
      schema: { ...shown({ tag, scopes: readers, summary: 'A proposal' }), params: idParams, response },
      onRequest: authenticate(...readers),
    },
    ({ params }) => use.proposals.read(params.id),
  )
}

/** Kinds have scopes of their own: who may decide about receipts may not therefore decide about everything. */
async function allowed(
  { proposals }: ApiContext['use'],
  id: number,
  { scopes }: Principal,
  what: 'make' | 'check',
): Promise<void> {
  const { kind } = await proposals.read(id)
  const scope = PROPOSAL_KINDS[kind as ProposalKindName][what]
  if (!scopes.has(scope)) throw new LijianError('forbidden', `This needs a key with the scope ${scope}`)
}

const WAITS =
  'Nothing moves until somebody else approves it: `POST /v1/proposals/{id}/approve`, or in the Temporal UI under `funding/<id>`.'
const HASH =
  '`hash` is that of the proposal as you were shown it: what has changed since is refused with `changed_since`.'
